import type { Finding } from "../../../src/basics/finding.ts";
import { getCell } from "../../../src/form/cells.ts";
import type { Form } from "../model/form-model.ts";
import { Editor } from "../narrative/editor.tsx";
import { itemsOf } from "../narrative/items.ts";

/** Paragraphs that a report need not have: a button for the first, then an editor. */
export function OptionalTexts(props: {
  readonly model: Form;
  readonly pointer: string;
  readonly label: string;
  readonly add: string;
  readonly findings: readonly Finding[];
  readonly told: ReadonlyMap<Finding, string>;
}) {
  const { model, pointer, add } = props;
  if (itemsOf(getCell(model.report.value, pointer)).length > 0)
    return <Editor {...props} headings={false} onEmpty={() => model.edit([[pointer, undefined]])} />;
  return (
    <button type="button" data-pointer={pointer} onClick={() => model.set(pointer, [{ type: "paragraph", text: "" }])}>
      {add}
    </button>
  );
}
