/** Last year's report as far as it can be compared with, whatever is wrong with the rest of it. */
import type { Report } from "../../generated/report.ts";
import type { Finding } from "../basics/finding.ts";
import { shortened, visible } from "../basics/visible.ts";
import { getCell, setCell } from "../form/cells.ts";
import { type FormCell, formCells } from "../form/form-cells.ts";
import { formOf } from "../form/forms.ts";
import { apart } from "./apart.ts";
import { draftOf } from "./draft.ts";
import { validate } from "./validate.ts";

export interface SoundPart {
  /** Cells that were left out are missing, the date and the organ may be empty; absent where nothing can be compared with. */
  readonly previous?: Report;
  /** The figures that are missing or that an error speaks of. */
  readonly leftOut: readonly FormCell[];
  /** How many errors the report has. */
  readonly errors: number;
}

/** Takes what is sound of a report of last year: a figure that an error speaks of is none to compare with. */
export function soundPart(sent: unknown): SoundPart {
  const { report: value } = apart(sent);
  const { findings, report } = validate(value);
  if (report) return { previous: report, leftOut: [], errors: 0 };
  const errors = findings.filter(({ level }) => level === "error");
  const made = draftOf(value);
  // Beyond what is listed, nothing is known to be sound.
  if (!("draft" in made) || errors.some(({ id }) => id === "S-MORE")) return { leftOut: [], errors: errors.length };
  const previous: Report = structuredClone(made.draft);
  const form = formOf(previous.edition);
  const named = new Set(errors.flatMap(({ cells }) => cells.map(({ pointer }) => pointer)));
  const leftOut = (form ? formCells(form) : []).filter(
    ({ pointer }) => getCell(previous, pointer) === undefined || named.has(pointer),
  );
  for (const { pointer } of leftOut)
    if (getCell(previous, pointer) !== undefined) setCell(previous, pointer, undefined);
  return { previous, leftOut, errors: errors.length };
}

const MOST_NAMED = 5;

/** The finding on a report of last year that is not sound. */
export function previousFinding(names: string, { previous, leftOut, errors }: SoundPart): Finding {
  const named = (key: "label" | "labelEn", comma: string): string =>
    leftOut
      .slice(0, MOST_NAMED)
      .map((cell) => cell[key])
      .join(comma);
  const file = visible(shortened(names, 300));
  const [zh, en] = !previous
    ? ["看不出是哪个年度、哪个版本的格式，未作比对", "its edition and year are not known, and nothing was compared"]
    : leftOut.length === 0
      ? ["各格数字都可用，已照常比对", "all its figures are usable and were compared with"]
      : [
          `除以下${leftOut.length}格外已作比对：${named("label", "、")}${leftOut.length > MOST_NAMED ? "等" : ""}`,
          `all was compared but for ${leftOut.length} cells: ${named("labelEn", ", ")}${leftOut.length > MOST_NAMED ? ", …" : ""}`,
        ];
  return {
    id: "B-PREVIOUS",
    level: "information",
    message: `上一年度的报告（${file}）自身有${errors}处错误；${zh}`,
    messageEn: `Last year's report (${file}) has ${errors} errors itself; ${en}`,
    cells: leftOut.map(({ pointer, label }) => ({ pointer, label, of: "previous" as const })),
  };
}
