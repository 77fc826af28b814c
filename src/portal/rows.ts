import type {
  CellType,
  ColumnData,
  EditionForm,
  MoneyUnit,
  PartData,
  RateData,
  RowData,
  TableSection,
} from "../form/form.ts";
import { leafColumns, resolveColumns } from "../form/tree.ts";

/** What a row is on one edition of the form. */
export interface RowEdition {
  readonly label: string;
  readonly en: string;
  /** Where the printed label is too long. */
  readonly short?: string;
  /** The figures (JSON Pointers) whose sum it shows; none for a heading. */
  readonly cells: readonly string[];
}

/** A row of figures as pages show them side by side, whichever edition they were filed on. */
export interface Row {
  /** The way through the form, e.g. `requests/results/refused`. */
  readonly key: string;
  readonly section: string;
  /** How many rows of the section it stands under. */
  readonly depth: number;
  readonly type: CellType;
  /** What money is shown in. */
  readonly unit?: MoneyUnit;
  /** By edition; absent where the edition has no such row. */
  readonly editions: Readonly<Record<string, RowEdition>>;
}

/** A section as a heading of rows. */
export interface RowSection {
  readonly key: string;
  readonly label: string;
  readonly en: string;
}

/** A rate, as each edition that has it defines it. */
export interface FormRate {
  readonly key: string;
  readonly editions: Readonly<Record<string, RateData>>;
}

/** The rows of all editions with the sections that they belong to, and the rates of their figures. */
export interface FormRows {
  readonly sections: readonly RowSection[];
  readonly rows: readonly Row[];
  readonly rates: readonly FormRate[];
}

/** A row of one edition. */
interface EditionRow extends Omit<Row, "editions">, RowEdition {}

/** What an edition calls a row, and a column of money with its unit where its own label does not say it. */
function columnNames({ label, en, units, unitInLabel }: ColumnData): Pick<RowEdition, "label" | "en"> {
  const unit = units?.[0];
  if (unit === undefined || unitInLabel) return { label, en };
  return { label: `${label}（${unit}）`, en: `${en} (${unit === "万元" ? "10,000 yuan" : "yuan"})` };
}

/** Columns as rows: groups are headings. */
function columnRows(
  form: EditionForm,
  columns: PartData["columns"],
  { section, key: above, depth }: Pick<EditionRow, "section" | "key" | "depth">,
): EditionRow[] {
  return resolveColumns(form, columns).flatMap((column): EditionRow[] => {
    const key = column.key === undefined ? above : `${above}/${column.key}`;
    const unit = column.units?.[0];
    const row = {
      // A group without a key is no way through the form, but a heading all the same.
      key: column.key === undefined ? `${above}/${column.label}` : key,
      section,
      depth,
      type: column.type ?? ("count" as const),
      ...(unit ? { unit } : {}),
      ...columnNames(column),
      cells: [],
    };
    if (!column.columns) return [{ ...row, cells: [`/${key}`] }];
    return [row, ...columnRows(form, column.columns, { section, key, depth: depth + 1 })];
  });
}

/**
 * The rows of a tree of rows. Where columns are summed each shows its total, and a group the sum of its rows unless one of
 * them is its total; elsewhere a row is a heading of its columns.
 */
function treeRows(form: EditionForm, section: string, part: PartData): EditionRow[] {
  const total = leafColumns(form, part.columns).find((column) => column.total);
  const { caption } = part;
  const walk = (rows: readonly RowData[], prefix: string, depth: number): EditionRow[] =>
    rows.flatMap((row): EditionRow[] => {
      const key = `${prefix}/${row.key}`;
      const { label, en, short } = row;
      const names =
        caption && depth === 0
          ? { label: `${label}（${caption.label}）`, en: `${en} (${caption.en})` }
          : { label, en, ...(short ? { short } : {}) };
      const own = { key, section, depth, type: "count" as const, ...names };
      const below = { section, key, depth: depth + 1 };
      if (!row.rows)
        return total
          ? [{ ...own, cells: [`/${key}/${total.path}`] }]
          : [{ ...own, cells: [] }, ...columnRows(form, part.columns, below)];
      const inner = walk(row.rows, key, depth + 1);
      const summed = !total || row.rows.some((r) => r.total) ? [] : inner.filter((r) => r.depth === depth + 1);
      return [{ ...own, cells: summed.flatMap((r) => r.cells) }, ...inner];
    });
  return walk(part.rows ?? [], section, 0);
}

const sectionRows = (form: EditionForm, { key, parts }: TableSection): EditionRow[] =>
  parts.flatMap((part) =>
    part.rows ? treeRows(form, key, part) : columnRows(form, part.columns, { section: key, key, depth: 0 }),
  );

/**
 * The rows of every edition as one list: in the order of the newest, what only older ones have after what stood before
 * it there.
 */
export function formRows(forms: readonly EditionForm[]): FormRows {
  const sections = new Map<string, RowSection>();
  const merged: (Omit<Row, "editions"> & { editions: Record<string, RowEdition> })[] = [];
  for (const form of [...forms].reverse()) {
    for (const section of form.sections) {
      if (section.kind === "narrative") continue;
      const { key, number, label, en } = section;
      const first = merged.findIndex((row) => row.section === key);
      if (first < 0) sections.set(key, { key, label: `${number}、${label}`, en });
      let at = first < 0 ? merged.length : first;
      for (const { label, en, short, cells, ...row } of sectionRows(form, section)) {
        const known = merged.findIndex((other) => other.key === row.key);
        // What stands under the row before it stays there.
        if (known < 0) while (merged[at]?.section === key && merged[at]!.depth > row.depth) at += 1;
        if (known < 0) merged.splice(at, 0, { ...row, editions: {} });
        else at = known;
        merged[at]!.editions[form.edition] = { label, en, ...(short ? { short } : {}), cells };
        at += 1;
      }
    }
  }
  return { sections: [...sections.values()], rows: merged, rates: formRates(forms) };
}

/** The rates of every edition, in the order of the newest. */
const formRates = (forms: readonly EditionForm[]): FormRate[] =>
  [...new Set(forms.toReversed().flatMap(({ rates }) => rates.map(({ key }) => key)))].map((key) => ({
    key,
    editions: Object.fromEntries(
      forms.flatMap(({ edition, rates }) => rates.filter((rate) => rate.key === key).map((rate) => [edition, rate])),
    ),
  }));
