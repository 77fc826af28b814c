import type { Report } from "../../generated/report.ts";
import { getCell, setCell } from "./cells.ts";
import type { EditionForm } from "./form.ts";
import { sectionCells } from "./form-cells.ts";
import { placesOfSection } from "./narrative.ts";
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
  const take = (pointer: string): void => {
    const value = totals.get(pointer) ?? getCell(report, pointer);
    if (value !== undefined) setCell(complete, pointer, value);
  };
  for (const section of form.sections) {
    const places = placesOfSection(section);
    for (const { key, pointer } of places) if (key !== "after") take(pointer);
    if (section.kind === "table") for (const { pointer } of sectionCells(form, section)) take(pointer);
    for (const { key, pointer } of places) if (key === "after") take(pointer);
  }
  return complete as unknown as Report;
}

/** The totals that a submission left out, by JSON Pointer, as computed. */
export function computedTotals(form: EditionForm, sent: unknown, complete: Report): Record<string, number> {
  return Object.fromEntries(
    totalCells(form)
      .filter(({ pointer }) => getCell(sent, pointer) === undefined)
      .map(({ pointer }) => [pointer, getCell(complete, pointer) as number]),
  );
}
