import type { EditionForm, TableSection } from "../form/form.ts";
import { type FormCell, formCells } from "../form/form-cells.ts";
import { memoizePerForm } from "../form/memo.ts";
import { hasTotalColumn } from "../form/tree.ts";
import type { Placed } from "./clauses.ts";
import type { Stated } from "./numbers.ts";
import type { Meaning } from "./words.ts";

/**
 * A row, or a group of rows, in one column of its table; in the table's column of totals where none is named. Several
 * rows or columns, joined by `+`, are counted together.
 */
export interface FigureRef {
  readonly section: TableSection;
  readonly row: string;
  readonly column?: string | undefined;
  /** Other rows that may be meant. */
  readonly alternatives?: readonly string[];
}

const cellsByRef = memoizePerForm(() => new Map<string, readonly FormCell[]>());

/** The cells whose sum it refers to: mostly one; none where the row does not have the column. */
export function cellsOf(form: EditionForm, { section, row, column = "total" }: FigureRef): readonly FormCell[] {
  const key = `/${section.key}/${row}/${column}`;
  const known = cellsByRef(form).get(key);
  if (known) return known;
  const cells = row.split("+").flatMap((r) => column.split("+").flatMap((c) => cellsOfOne(form, section, r, c)));
  cellsByRef(form).set(key, cells);
  return cells;
}

function cellsOfOne(form: EditionForm, section: TableSection, row: string, column: string): readonly FormCell[] {
  const prefix = `/${section.key}/${row}/`;
  const all = formCells(form).filter((c) => c.pointer.startsWith(prefix) && c.pointer.endsWith(column && `/${column}`));
  const one = all.find((c) => [prefix + column, `${prefix}total/${column}`].includes(c.pointer));
  return one ? [one] : all;
}

/** What a clause is read with. */
export interface Reading {
  readonly form: EditionForm;
  /** The sections whose subject the sentence named before. */
  readonly subjects: ReadonlySet<TableSection>;
  /** The rows that it has stated a figure of. */
  readonly stated: ReadonlySet<string>;
  /** What the last figure of the sentence was of. */
  readonly context?: FigureRef | undefined;
  /** What the clause before named without a number. */
  readonly pending?: FigureRef | undefined;
  /** The sentence counts documents as well, which are sorted into 予以公开 and 不予公开, too. */
  readonly documents: boolean;
  /** It has counted something that is not understood. */
  readonly foreign: boolean;
  /** The section whose rows it named last, and whether it is in brackets. */
  readonly last?: TableSection | undefined;
  readonly aside: boolean;
  /** The clause says that there is none. */
  readonly denied: boolean;
  /** It names only some of what it counts. */
  readonly etc: boolean;
}

type Words = readonly Placed<Meaning>[];
type Figure = Pick<Placed<Stated>, "value" | "unit" | "at"> | undefined;

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
const isParent = (path: string, of: string): boolean => of.startsWith(`${path}/`);

/** The words of a clause that hold there: those which need their subject where it is named, or where none is stated at all. */
function heard(meanings: Words, number: Figure, { subjects, denied }: Reading): Words {
  const named = (section: TableSection): boolean =>
    subjects.has(section) || meanings.some((m) => m.subject && m.section === section);
  const none = (number ? number.value === 0 : denied) && meanings.every((m) => !m.column);
  const isHeard = (m: Meaning): boolean =>
    !m.needsSubject || named(m.section) || (none && m.row !== undefined && m.section.subject?.unnamed === undefined);
  const all = meanings.filter(isHeard);
  const sections = unique(all.filter((m) => m.needsSubject).map((m) => m.section));
  return sections.length > 1 ? all.filter((m) => !m.needsSubject || named(m.section)) : all;
}

/** The rows that a clause names, as far as they are of one section; undefined where they are not. */
function rowsOf(meanings: Words, known: Words, number: Figure): Words | undefined {
  let rows = known.filter((m) => m.row !== undefined);
  // 收到5件均予以公开 states what was received, 5件予以公开 what was granted.
  if (number && rows.some((m) => m.at < number.at)) rows = rows.filter((m) => m.at < number.at);
  if (meanings.some((m) => !known.includes(m) && !rows.some((r) => r.section === m.section))) return undefined;
  // 收到 goes with whatever is received.
  const isFirst = (m: Meaning) => m.row !== undefined && m.row === m.section.subject?.unnamed;
  if (unique(rows.map((m) => m.section)).length > 1) rows = rows.filter((m) => !isFirst(m));
  return unique(rows.map((m) => m.section)).length > 1 ? undefined : rows;
}

/** The narrowest of the rows that are named; the widest where 等 leaves the others open. */
function pathsOf(rows: Words, { etc, denied }: Reading): string[] {
  const paths = unique(rows.map((m) => m.row!));
  const wide = paths.filter((path) => !paths.some((other) => isParent(other, path)));
  if (etc && wide.every((path) => paths.some((other) => isParent(path, other)))) return wide;
  if (etc && !denied) return [];
  return paths.filter((path) => !paths.some((other) => isParent(path, other)));
}

/** The columns that a clause names of a row; undefined is the column of totals. */
function columnsOf(section: TableSection, row: string, columns: Words, number: Figure, reading: Reading) {
  const { form, context, documents, foreign } = reading;
  const keys: (string | undefined)[] = unique(columns.filter((m) => m.section === section).map((m) => m.column));
  if (keys.length > 0) return keys;
  if (section.parts.some((part) => hasTotalColumn(form, part))) return [undefined];
  const own = cellsOf(form, { section, row, column: "" });
  const fitting = number?.unit === "元" ? own.filter((c) => c.type === "money") : own;
  // 收费12万元 can only be the amount; 没有收费 and 行政处罚5宗 only the one column that there is.
  const plain = !number?.value || number.unit === "元" || ("件宗起例".includes(number.unit) && !documents && !foreign);
  if (fitting.length === 1 && plain) return [fitting[0]!.pointer.slice(fitting[0]!.pointer.lastIndexOf("/") + 1)];
  return context?.section === section ? [context.column] : [];
}

/**
 * The figures that a clause speaks of, by the words in it that mean something: one, or several that all have none of
 * what is counted; none when it can be read in more than one way.
 */
export function figureRefs(words: Words, number: Figure, reading: Reading): FigureRef[] {
  const { form, context, pending, documents, foreign, stated, subjects } = reading;
  // 办理行政许可5件 is of licensing: what may be meant in two ways yields to what is named.
  const isLoose = (m: Meaning) => m.alternatives !== undefined;
  const strict = words.some((m) => m.row !== undefined && !isLoose(m) && m.row !== m.section.subject?.unnamed);
  const meanings = words.filter((m) => !isLoose(m) || (!strict && heard([...words], number, reading).includes(m)));
  const known = heard(meanings, number, reading);
  const rows = rowsOf(meanings, known, number);
  if (!rows || rows.some((m) => isLoose(m) && stated.has(m.row!))) return [];
  let section = rows[0]?.section;
  let paths = pathsOf(rows, reading);
  const columns = known.filter((m) => m.column !== undefined);
  if (!section) {
    const before =
      columns.length === 0 ? pending : [pending, context].find((p) => columns.some((m) => m.section === p?.section));
    const first = known.findLast((m) => m.subject && m.section.subject?.unnamed && (!number || m.at < number.at));
    // 依申请公开12条 may be documents, 另有申请3件 some of those that were received.
    const doubtful = !!number?.value && (foreign || "条项个部份".includes(number.unit));
    if (before) [section, paths] = [before.section, [before.row]];
    else if (
      first &&
      !documents &&
      !doubtful &&
      !(number && columns.length === 0 && stated.has(first.section.subject!.unnamed!))
    )
      [section, paths] = [first.section, [first.section.subject!.unnamed!]];
    else return [];
  }
  const { subject } = section;
  // 答复予以公开5件 is of those granted; 受理行政许可5件 is not of those decided on.
  const certain = subject?.phrases && rows.some((m) => !m.needsSubject);
  if (!certain && meanings.some((m) => m.otherwise && m.section === section && !(number && m.at > number.at)))
    return [];
  const named = subjects.has(section) || known.some((m) => m.subject && m.section === section);
  // 行政复议3件（含上年结转1件）: not of the applications.
  const strange = foreign || (reading.last !== undefined && reading.last !== section);
  if (number && subject?.unnamed !== undefined && strange && (!named || (reading.aside && !foreign))) return [];
  if (documents && subject?.unnamed !== undefined && !rows.some((m) => m.needsSubject)) return [];
  if (pending?.section === section && paths.length === 1 && isParent(paths[0]!, pending.row)) paths = [pending.row];
  const [path] = paths;
  if (path === undefined) return [];
  const alternatives = [...(subject?.alternatives?.[path] ?? []), ...rows.flatMap((m) => m.alternatives ?? [])];
  const keys = columnsOf(section, path, columns, number, reading);
  return paths
    .flatMap((row) => keys.map((column): FigureRef => ({ section: section!, row, column, alternatives })))
    .filter((ref) => cellsOf(form, ref).some((c) => !number || (c.type === "money") === (number.unit === "元")));
}
