import { type EditionForm, leafColumns, leafRows, type RuleData, type TableSection } from "./form.ts";

/** One term of a side: `path` from the section's root, with `{}` where the relation's variable goes. */
export interface Term {
  readonly path: string;
  /** How the message calls it, e.g. 三（七）总计. */
  readonly label: string;
  readonly en: string;
  readonly sign: 1 | -1;
  readonly of?: "previous";
}

/** One value of the relation's variable: a column of a matrix, or a row of a table. */
export interface Place {
  readonly path: string;
  /** e.g. 表三“自然人”列. */
  readonly label: string;
  readonly en: string;
}

/** What the AJV keyword `x-relation` takes: for every place, left `op` right. */
export interface Relation {
  readonly id: string;
  readonly level: "error" | "warning" | "information";
  readonly op: "=" | "<=" | ">=";
  readonly over: readonly Place[];
  readonly left: readonly Term[];
  readonly right: readonly Term[];
}

interface Named {
  readonly path: string;
  readonly label: string;
  readonly en: string;
  readonly total: boolean;
}

/** Every way into a section that a rule may name: rows of a table, groups of a row of numbers. */
function rowsOf(form: EditionForm, section: TableSection): Named[] {
  if (section.kind === "row") {
    const seen = new Map<string, Named>();
    for (const leaf of leafColumns(form, section.columns)) {
      const path = leaf.path.slice(0, leaf.path.lastIndexOf("/"));
      const label = leaf.parents.map((p) => p.label).join("／");
      seen.set(path, { path, label, en: leaf.parents.map((p) => p.en).join(" / "), total: false });
    }
    return [...seen.values()];
  }
  const rows = section.kind === "matrix" ? section.rows : section.blocks.flatMap((block) => block.rows);
  return leafRows(rows).map(({ path, node, total }) => ({ path, label: node.short ?? node.label, en: node.en, total }));
}

/** The leaf columns of a section; for blocks, of the block that holds the row. */
function columnsOf(form: EditionForm, section: TableSection, row?: string): Named[] {
  const columns =
    section.kind === "blocks"
      ? (section.blocks.find((block) => leafRows(block.rows).some((leaf) => leaf.path === row))?.columns ?? [])
      : section.columns;
  return leafColumns(form, columns)
    .filter((leaf) => section.kind !== "row" || leaf.path.startsWith(`${row}/`))
    .map(({ path, node, total }) => ({
      path: section.kind === "row" ? path.slice(path.lastIndexOf("/") + 1) : path,
      label: node.label,
      en: node.en,
      total,
    }));
}

/** The row of the matrix that a path begins with, and what is left of the path. */
function nameOf(form: EditionForm, section: TableSection, path: string): { label: string; en: string } {
  const row = rowsOf(form, section).find((r) => path === r.path || path.startsWith(`${r.path}/`));
  return row ?? { label: path, en: path };
}

/**
 * Expands a rule of an edition file to the terms and labels that its message needs. Paths in the rule:
 * `{row}` and `{column}` are the variable, `{leaves}` every column that is no total, `{leaves:results}` every row below
 * `results` that is no total, a leading `-` subtracts, `previous:` looks into last year's report.
 */
export function expandRelation(form: EditionForm, rule: RuleData): Relation {
  const section = form.sections.find((s) => s.key === rule.section);
  if (!section || section.kind === "narrative" || !rule.op) throw new Error(`rule ${rule.id}: no table or no operator`);
  const overColumns = rule.columns !== undefined;
  const candidates = overColumns ? columnsOf(form, section) : rowsOf(form, section);
  const wanted = overColumns ? rule.columns : rule.rows;
  const chosen = candidates.filter((c) => wanted === "all" || wanted?.includes(c.path));
  if (chosen.length === 0) throw new Error(`rule ${rule.id}: names no row or column of ${section.key}`);
  const over = chosen.map(({ path, label, en }) => ({
    path,
    label: `${section.table}“${label}”${overColumns ? "列" : section.kind === "row" ? "" : "行"}`,
    en: `${section.en}, ${overColumns ? "column" : "row"} “${en}”`,
  }));
  const sample = chosen[0]!.path;

  const terms = (side: readonly string[] = []): Term[] =>
    side.flatMap((text): Term[] => {
      const sign = text.startsWith("-") ? -1 : 1;
      const unsigned = text.replace(/^-/, "");
      const previous = unsigned.startsWith("previous:");
      const path = unsigned.replace(/^previous:/, "");
      const term = (to: string, label: string, en: string): Term => ({
        path: to,
        label: previous ? `上年${label}` : label,
        en: previous ? `last year's ${en}` : en,
        sign,
        ...(previous ? { of: "previous" as const } : {}),
      });
      const leaves = /^\{leaves:(\w+)\}\/(.*)$/.exec(path);
      if (leaves) {
        return rowsOf(form, section)
          .filter((row) => !row.total && row.path.startsWith(`${leaves[1]}/`))
          .map((row) => term(`${row.path}/{}`, row.label, row.en));
      }
      if (path === "{row}/{leaves}") {
        return columnsOf(form, section, sample)
          .filter((column) => !column.total)
          .map((column) => term(`{}/${column.path}`, column.label, column.en));
      }
      if (path.startsWith("{row}/")) {
        const key = path.slice("{row}/".length);
        const column = columnsOf(form, section, sample).find((c) => c.path === key);
        if (!column) throw new Error(`rule ${rule.id}: no column ${key}`);
        return [term(`{}/${key}`, column.label, column.en)];
      }
      const { label, en } = nameOf(form, section, path);
      return [term(path.replace("{column}", "{}"), label, en)];
    });

  return { id: rule.id, level: rule.level, op: rule.op, over, left: terms(rule.left), right: terms(rule.right) };
}
