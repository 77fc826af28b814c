import type { Flow } from "../flow/flow.ts";

/** The element in which a cell of the account is shown. */
export const rowOf = (pointer: string): string => `import${pointer}`;

/** To a cell: in the form, once it is there; before, to its row in the tables below. */
export function follow(flow: Flow, pointer: string): void {
  if (flow.imported.peek()?.accepted) {
    flow.backToForm(pointer);
    return;
  }
  const row = document.getElementById(rowOf(pointer));
  row?.closest("details")?.setAttribute("open", "");
  row?.focus();
  row?.scrollIntoView({ block: "center" });
}
