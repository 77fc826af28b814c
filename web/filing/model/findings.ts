/** Findings by the places that they speak of. */

import type { Finding } from "../../../src/basics/finding.ts";
import type { EditionForm } from "../../../src/form/form.ts";

/** The step of the page that a place belongs to. */
export const stepOf = (pointer: string): string => {
  const key = pointer.split("/")[1] ?? "";
  return ["edition", "year", "organ", "signed", "preamble", ""].includes(key) ? "organ" : key;
};

/** The places of this report that a finding speaks of; its edition where it names none. */
export const placesOf = (finding: Finding): string[] => {
  const own = finding.cells.filter((cell) => !cell.of).map((cell) => cell.pointer);
  return own.length > 0 ? own : ["/edition"];
};

/** Whether one place is the other or lies in it. */
export const within = (pointer: string, outer: string): boolean => pointer === outer || pointer.startsWith(`${outer}/`);

export interface Shown {
  readonly touched: ReadonlySet<string>;
  readonly showAll: boolean;
}

/** Whether a finding is to be shown in place already: not for a field that nobody has been at. */
export function isShown(finding: Finding, { touched, showAll }: Shown): boolean {
  if (showAll) return true;
  if (finding.id === "S-REQUIRED") return false;
  const places = placesOf(finding);
  if (places.some((place) => touched.has(place))) return true;
  // What a whole part lacks is shown when the clerk has left it, which touches the part itself.
  return finding.level === "error" && [...touched].some((pointer) => places.some((place) => within(pointer, place)));
}

/** One line of the summary: a finding, or many missing figures of one part as one. */
export interface SummaryLine {
  readonly key: string;
  readonly step: string;
  readonly pointer: string;
  readonly finding: Finding;
  /** How many figures are missing, when the line stands for several. */
  readonly missing?: number;
}

/** The findings as a list that can be read: missing figures of a part are one line. */
export function summaryOf(form: EditionForm, findings: readonly Finding[]): SummaryLine[] {
  const tables = new Set(form.sections.filter((s) => s.kind !== "narrative").map((s) => s.key));
  const missing = new Map<string, SummaryLine>();
  const lines: SummaryLine[] = [];
  for (const [i, finding] of findings.entries()) {
    const pointer = placesOf(finding)[0]!;
    const step = stepOf(pointer);
    const line: SummaryLine = { key: `${finding.id}-${i}`, step, pointer, finding };
    if (finding.id !== "S-REQUIRED" || !tables.has(step)) lines.push(line);
    else {
      const known = missing.get(step);
      const counted = { ...(known ?? line), missing: (known?.missing ?? 0) + 1 };
      missing.set(step, counted);
      if (known) lines[lines.indexOf(known)] = counted;
      else lines.push(counted);
    }
  }
  const order = new Map(["organ", ...form.sections.map((s) => s.key)].map((key, i) => [key, i]));
  const level = { error: 0, warning: 1, information: 2 } as const;
  return lines.sort(
    (a, b) => level[a.finding.level] - level[b.finding.level] || (order.get(a.step) ?? -1) - (order.get(b.step) ?? -1),
  );
}
