import { oncePerForm } from "../form/cells.ts";
import { type EditionForm, type FormCell, formCells, hasTotalColumn, type TableSection } from "../form/form.ts";
import type { Stated } from "./numbers.ts";
import type { Meaning } from "./words.ts";

/** A row, or a group of rows, in one column of its table; in the table's column of totals where none is named. */
export interface Place {
  readonly section: TableSection;
  readonly row: string;
  readonly column?: string | undefined;
}

const cellsByPlace = oncePerForm(() => new Map<string, readonly FormCell[]>());

/** The cells whose sum a place is: mostly one; none where the row does not have the column. */
export function cellsOf(form: EditionForm, { section, row, column = "total" }: Place): readonly FormCell[] {
  const prefix = `/${section.key}/${row}/`;
  const known = cellsByPlace(form).get(prefix + column);
  if (known) return known;
  const all = formCells(form).filter((c) => c.pointer.startsWith(prefix) && c.pointer.endsWith(column && `/${column}`));
  const one = all.find((c) => [prefix + column, `${prefix}total/${column}`].includes(c.pointer));
  const cells = one ? [one] : all;
  cellsByPlace(form).set(prefix + column, cells);
  return cells;
}

/** What a clause is read with. */
export interface Reading {
  readonly form: EditionForm;
  /** The sections whose subject the sentence named before. */
  readonly subjects: ReadonlySet<TableSection>;
  /** What the last figure of the sentence was of. */
  readonly context?: Place | undefined;
  /** What the clause before named without a number. */
  readonly pending?: Place | undefined;
  /** The sentence counts documents as well, which are sorted into 予以公开 and 不予公开, too. */
  readonly documents: boolean;
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/**
 * The places that a clause speaks of, by the words in it that mean something: one, or several that all have none of
 * what is counted; none when it can be read in more than one way.
 */
export function placesOf(
  meanings: readonly (Meaning & { readonly at: number })[],
  number: (Pick<Stated, "value" | "unit"> & { readonly at: number }) | undefined,
  { form, subjects, context, pending, documents }: Reading,
): Place[] {
  const named = meanings.filter((m) => m.subject);
  const said = meanings.filter(
    (m) => !m.needsSubject || subjects.has(m.section) || named.some((n) => n.section === m.section),
  );
  let rows = said.filter((m) => m.row);
  // 收到5件均予以公开 states what was received, 5件予以公开 what was granted.
  if (number && rows.some((m) => m.at < number.at)) rows = rows.filter((m) => m.at < number.at);
  if (meanings.some((m) => !said.includes(m) && !rows.some((r) => r.section === m.section))) return [];
  // 收到 goes with whatever is received.
  const isFirst = (m: Meaning) => m.row !== undefined && m.row === m.section.speaksOf?.unnamed;
  if (unique(rows.map((m) => m.section)).length > 1) rows = rows.filter((m) => !isFirst(m));
  if (unique(rows.map((m) => m.section)).length > 1) return [];

  let section = rows[0]?.section;
  let paths = unique(rows.map((m) => m.row!));
  paths = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)));
  let columns = said.filter((m) => m.column);
  if (!section) {
    const before =
      columns.length === 0 ? pending : [pending, context].find((p) => columns.some((m) => m.section === p?.section));
    const first = named.findLast((m) => m.section.speaksOf?.unnamed !== undefined && (!number || m.at < number.at));
    if (before) [section, paths] = [before.section, [before.row]];
    else if (first && !documents) [section, paths] = [first.section, [first.section.speaksOf!.unnamed!]];
    else return [];
  }
  // 答复予以公开5件 is of those granted; 受理行政许可5件 is not of those decided on.
  const certain = section.speaksOf?.subject && rows.some((m) => !m.needsSubject);
  if (!certain && meanings.some((m) => m.otherwise && m.section === section && !(number && m.at > number.at)))
    return [];
  if (documents && section.speaksOf?.unnamed !== undefined && !rows.some((m) => m.needsSubject)) return [];
  if (pending?.section === section && paths.length === 1 && pending.row.startsWith(`${paths[0]}/`))
    paths = [pending.row];

  columns = columns.filter((m) => m.section === section);
  const keys: (string | undefined)[] = unique(columns.map((m) => m.column));
  if (keys.length === 0 && section.parts.some((part) => hasTotalColumn(form, part))) keys.push(undefined);
  else if (keys.length === 0) {
    const own = cellsOf(form, { section, row: paths[0]!, column: "" });
    const fitting = number?.unit === "元" ? own.filter((c) => c.type === "money") : own;
    // 收费12万元 can only be the amount; 没有收费 only the one column that there is.
    if (fitting.length === 1 && (number?.unit === "元" || !number?.value))
      keys.push(fitting[0]!.pointer.slice(fitting[0]!.pointer.lastIndexOf("/") + 1));
    else if (context?.section === section) keys.push(context.column);
  }
  const places = paths.flatMap((row) => keys.map((column): Place => ({ section, row, column })));
  return places.filter((place) =>
    cellsOf(form, place).some((c) => !number || (c.type === "money") === (number.unit === "元")),
  );
}
