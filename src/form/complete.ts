import type { Report } from "../../generated/report.ts";
import { getCell, setCell } from "./cells.ts";
import { type EditionForm, formCells } from "./form.ts";
import { totalCells } from "./totals.ts";

/**
 * A copy of the report with every 总计 that was left out computed, keys in the order of the form. Meant for a report
 * that the schema accepts.
 */
export function completeTotals(form: EditionForm, report: Report): Report {
  const totals = new Map<string, number>();
  for (const { pointer, parts } of totalCells(form)) {
    const sent = getCell(report, pointer);
    totals.set(
      pointer,
      typeof sent === "number"
        ? sent
        : parts.reduce((sum, part) => sum + (totals.get(part) ?? (getCell(report, part) as number)), 0),
    );
  }
  const { edition, year, organ, signed, preamble } = report;
  const complete: Record<string, unknown> = {
    edition,
    year,
    organ: { name: organ.name, uscc: organ.uscc },
    signed,
    ...(preamble ? { preamble } : {}),
  };
  for (const section of form.sections) {
    if (section.kind === "narrative") complete[section.key] = getCell(report, `/${section.key}`);
  }
  for (const cell of formCells(form))
    setCell(complete, cell.pointer, totals.get(cell.pointer) ?? getCell(report, cell.pointer));
  // Sections in the form's order, whichever way they were filled.
  const head = Object.entries(complete).filter(([key]) => !form.sections.some((s) => s.key === key));
  return Object.fromEntries([...head, ...form.sections.map((s) => [s.key, complete[s.key]])]) as unknown as Report;
}

/** The totals that a submission left out, by JSON Pointer, as computed. */
export function computedTotals(form: EditionForm, sent: unknown, complete: Report): Record<string, number> {
  return Object.fromEntries(
    totalCells(form)
      .filter(({ pointer }) => getCell(sent, pointer) === undefined)
      .map(({ pointer }) => [pointer, getCell(complete, pointer) as number]),
  );
}
