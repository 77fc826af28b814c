/** What of the rows is shown, and in which order. Pure. */
import type { DeskRow } from "../../src/desk/rows.ts";
import { DESK_STATES, type DeskState } from "../../src/desk/states.ts";

/** What is counted and filtered by: a state, or being late. */
export const GROUPS = [...DESK_STATES, "late"] as const;
export type Group = DeskState | "late";

export const SORTS = ["roster", "name", "division", "state", "due", "findings", "explained", "at"] as const;
export type SortKey = (typeof SORTS)[number];

export interface Shown {
  /** Part of a name or a code. */
  readonly search: string;
  readonly group?: Group | undefined;
  readonly division?: string | undefined;
  readonly sort: SortKey;
  readonly descending: boolean;
}

/** Nothing is published and the last day is over. */
export const isOverdue = ({ late, version }: DeskRow): boolean => late && version === undefined;

/** When something last happened to it, ISO 8601; empty where nothing did. */
export const changedAt = ({ at = "", publishedAt = "" }: DeskRow): string => (at > publishedAt ? at : publishedAt);

/** Whether a row is counted in a group: a correction on its way counts beside what is published. */
export const isIn = (row: DeskRow, group: Group): boolean =>
  group === "late" ? isOverdue(row) : row.state === group || row.next === group;

export function countsOf(rows: readonly DeskRow[]): ReadonlyMap<Group, number> {
  const counts = new Map<Group, number>(GROUPS.map((group) => [group, 0]));
  const add = (group: Group): void => void counts.set(group, counts.get(group)! + 1);
  for (const row of rows) {
    add(row.state);
    if (row.next && row.next !== row.state) add(row.next);
    if (isOverdue(row)) add("late");
  }
  return counts;
}

/** A text as it is searched: full-width letters as half-width ones, case and spaces apart. */
const plain = (text: string): string => text.normalize("NFKC").toUpperCase().replace(/\s+/gu, "");

const texts = new WeakMap<DeskRow, string>();
function textOf(row: DeskRow): string {
  let text = texts.get(row);
  if (text === undefined) {
    text = plain(`${row.name}\n${row.uscc}`);
    texts.set(row, text);
  }
  return text;
}

const STATE_ORDER: ReadonlyMap<DeskState, number> = new Map(DESK_STATES.map((state, i) => [state, i]));
const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });
const findings = ({ found }: DeskRow): number => (found ? found.warnings * 1e4 + found.information : -1);

type Compare = (a: DeskRow, b: DeskRow) => number;
const COMPARE: Readonly<Record<Exclude<SortKey, "roster">, Compare>> = {
  name: (a, b) => collator.compare(a.name, b.name),
  division: (a, b) => (a.division < b.division ? -1 : a.division > b.division ? 1 : 0),
  state: (a, b) => STATE_ORDER.get(a.state)! - STATE_ORDER.get(b.state)!,
  due: (a, b) => (a.daysLeft ?? Number.MAX_SAFE_INTEGER) - (b.daysLeft ?? Number.MAX_SAFE_INTEGER),
  findings: (a, b) => findings(a) - findings(b),
  explained: (a, b) => (a.found?.explained ?? -1) - (b.found?.explained ?? -1),
  at: (a, b) => (changedAt(a) < changedAt(b) ? -1 : changedAt(a) > changedAt(b) ? 1 : 0),
};

/** The rows that are shown, in their order; alike ones stay in the roster's. */
export function shownOf(
  rows: readonly DeskRow[],
  { search, group, division, sort, descending }: Shown,
): readonly DeskRow[] {
  const wanted = plain(search);
  const found = rows.filter(
    (row) =>
      (wanted === "" || textOf(row).includes(wanted)) &&
      (group === undefined || isIn(row, group)) &&
      (division === undefined || row.division === division),
  );
  if (sort === "roster") return descending ? found.toReversed() : found;
  const compare = COMPARE[sort];
  return found.sort(descending ? (a, b) => compare(b, a) : compare);
}

/** The divisions that rows are of, by code, by name as their governments are called; of one without a government here the code. */
export function divisionsIn(rows: readonly DeskRow[]): ReadonlyMap<string, string> {
  const names = new Map(rows.map(({ division }) => [division, division]));
  for (const { kind, name, division } of rows)
    if (kind === "government" && name.endsWith(GOVERNMENT)) names.set(division, name.slice(0, -GOVERNMENT.length));
  return new Map([...names].sort(([a], [b]) => (a < b ? -1 : 1)));
}
const GOVERNMENT = "人民政府";
