import type { Finding } from "../../basics/finding.ts";
import { about } from "../findings.ts";
import type { Scan } from "./scan.ts";
import type { States } from "./states.ts";

/**
 * Groups of rows that the file has as one row: its figures are those of the row that takes them, and the group's other
 * rows are 0. Of 0 that is all that it can mean; of another figure it says so.
 */
export function wholeFindings({ wholes }: Scan, states: States): Finding[] {
  return wholes.map(({ group }) => {
    let above = 0;
    for (const [i, { pointer }] of group.cells.entries()) {
      const taken = states.get(pointer);
      if (typeof taken?.value === "number" && taken.value !== 0) above += 1;
      if (taken?.value === undefined && taken?.how !== "blank") continue;
      for (const { cells } of group.others) {
        const cell = cells[i]!;
        const base = { cell, notes: [], sure: "likely" } as const;
        states.set(
          cell.pointer,
          taken.how === "blank" ? { ...base, how: "blank" } : { ...base, how: "implied", value: 0 },
        );
      }
    }
    const cells = [...group.others.flatMap((row) => row.cells), ...group.cells];
    const into = group.cells[0]!.row!.node;
    return about(
      "I-WHOLE",
      above > 0 ? "warning" : "information",
      cells,
      above > 0
        ? `文件里“${group.label}”只有一行，${above}格大于0，都填入“${into.label}”，其他各项取0，请核对`
        : `文件里“${group.label}”只有一行，都是0，其下各项都取0`,
      above > 0
        ? `“${group.label}” is one row in the file; its ${above} figures above 0 were taken for “${into.en}”, the others of the group as 0`
        : `“${group.label}” is one row of 0 in the file; each row of the group was taken as 0`,
    );
  });
}
