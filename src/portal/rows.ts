import {
  type CellType,
  type EditionForm,
  leafColumns,
  type MoneyUnit,
  type RowData,
  resolveColumns,
  type TableSection,
} from "../form/form.ts";

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

/** The rows of all editions with the sections that they belong to. */
export interface FormRows {
  readonly sections: readonly RowSection[];
  readonly rows: readonly Row[];
}

/** A row of one edition. */
interface EditionRow extends Omit<Row, "editions">, RowEdition {}

/** Which column of 表三 stands for a row: the total over all applicants. */
const totalColumn = (form: EditionForm, section: TableSection & { kind: "matrix" }): string => {
  const total = leafColumns(form, section.columns).find((column) => column.total);
  if (!total) throw new Error(`edition ${form.edition}: ${section.table} has no total column`);
  return total.path;
};

/** The rows of 表三: a group shows the sum of its rows unless one of them is its total. */
function matrixRows(form: EditionForm, section: TableSection & { kind: "matrix" }): EditionRow[] {
  const column = totalColumn(form, section);
  const walk = (rows: readonly RowData[], prefix: string, depth: number): EditionRow[] =>
    rows.flatMap((row) => {
      const key = `${prefix}/${row.key}`;
      const inner = row.rows ? walk(row.rows, key, depth + 1) : [];
      const summed = row.rows && !row.rows.some(({ total }) => total) ? inner.filter((r) => r.depth === depth + 1) : [];
      const cells = row.rows ? summed.flatMap((r) => r.cells) : [`/${key}/${column}`];
      const { label, en, short } = row;
      const named = { label, en, ...(short ? { short } : {}) };
      return [{ key, section: section.key, depth, type: "count" as const, ...named, cells }, ...inner];
    });
  return walk(section.rows, section.key, 0);
}

function sectionRows(form: EditionForm, section: TableSection): EditionRow[] {
  if (section.kind === "matrix") return matrixRows(form, section);
  const base = { section: section.key, type: "count" as const, cells: [] };
  if (section.kind === "row") {
    const walk = (columns: Parameters<typeof resolveColumns>[1], prefix: string, depth: number): EditionRow[] =>
      resolveColumns(form, columns).flatMap((column) => {
        const key = `${prefix}/${column.key ?? ""}`;
        const row = { ...base, key, depth, type: column.type ?? base.type, label: column.label, en: column.en };
        return column.columns ? [row, ...walk(column.columns, key, depth + 1)] : [{ ...row, cells: [`/${key}`] }];
      });
    return walk(section.columns, section.key, 0);
  }
  return section.blocks.flatMap((block) =>
    block.rows.flatMap((row) => {
      const key = `${section.key}/${row.key}`;
      const heading = {
        ...base,
        key,
        depth: 0,
        label: `${row.label}（${block.label}）`,
        en: `${row.en} (${block.en})`,
      };
      const cells = leafColumns(form, block.columns).map(({ path, node }) => {
        const unit = node.units?.[0];
        const named = unit !== undefined && !node.unitInLabel;
        return {
          ...base,
          key: `${key}/${path}`,
          depth: 1,
          type: node.type ?? base.type,
          ...(unit ? { unit } : {}),
          label: named ? `${node.label}（${unit}）` : node.label,
          en: named ? `${node.en} (${unit === "万元" ? "10,000 yuan" : "yuan"})` : node.en,
          cells: [`/${key}/${path}`],
        };
      });
      return [heading, ...cells];
    }),
  );
}

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
  return { sections: [...sections.values()], rows: merged };
}
