import type { ColumnData, EditionForm, Labelled, RuleData, TableSection } from "./form.ts";
import { type FigureRow, figureRows, type Leaf, leafColumns } from "./tree.ts";

/** One term of a side: `path` from the section's root, with `{}` where the relation's variable goes. */
export interface Term extends Labelled {
  readonly path: string;
  /** How the message calls it, e.g. 三（七）总计. */
  readonly label: string;
  readonly sign: 1 | -1;
  readonly of?: "previous";
}

/** One value of the relation's variable: a column of a matrix, or a row of a table. */
export interface RelationCase extends Labelled {
  readonly path: string;
  /** e.g. 表三“自然人”列. */
  readonly label: string;
}

/** A rule in terms of cells, as the AJV keyword `x-relation` checks it: for every place, left `op` right. */
export interface Relation {
  readonly id: string;
  readonly level: "error" | "warning" | "information";
  readonly op: "=" | "<=" | ">=";
  readonly over: readonly RelationCase[];
  readonly left: readonly Term[];
  readonly right: readonly Term[];
}

/** Every row that a rule may name: of figures, or keyed groups of columns where there are no rows. */
const rowsOf = (form: EditionForm, section: TableSection): FigureRow[] =>
  section.parts.flatMap((part) => figureRows(form, part));

const isWithin = (path: string, above: string): boolean => path === above || path.startsWith(`${above}/`);

/** The row that a path begins with. */
function nameOf(rows: readonly FigureRow[], path: string): Labelled {
  return rows.find((row) => isWithin(path, row.path)) ?? { label: path, en: path };
}

/** The columns of the part whose rows a rule's terms name. */
function columnsUnder(form: EditionForm, section: TableSection, rule: RuleData): Leaf<ColumnData>[] {
  const named = [...(rule.left ?? []), ...(rule.right ?? [])].map((text) =>
    text.replace(/^-?(?:previous:)?(?:\{leaves:(.*?)\}|)/, "$1").replace(/\/\{column\}$/, ""),
  );
  const part = section.parts.find((p) => figureRows(form, p).some((row) => named.some((n) => isWithin(row.path, n))));
  return part ? leafColumns(form, part.columns) : [];
}

/** One side of a rule as terms; `row` is the one that `{row}` stands for. */
function termsOf(rule: RuleData, side: readonly string[] = [], rows: readonly FigureRow[], row?: FigureRow): Term[] {
  const below = row?.path === "" ? "" : "{}/";
  return side.flatMap((text): Term[] => {
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
    if (leaves)
      return rows
        .filter(({ total, path: own }) => !total && own.startsWith(`${leaves[1]}/`))
        .map((leaf) => term(`${leaf.path}/{}`, leaf.label, leaf.en));
    if (path === "{row}/{leaves}")
      return (row?.columns ?? [])
        .filter((column) => !column.total)
        .map((column) => term(`${below}${column.path}`, column.node.label, column.node.en));
    if (path.startsWith("{row}/")) {
      const key = path.slice("{row}/".length);
      const column = row?.columns.find((c) => c.path === key);
      if (!column) throw new Error(`rule ${rule.id}: no column ${key}`);
      return [term(`${below}${key}`, column.node.label, column.node.en)];
    }
    const { label, en } = nameOf(rows, path);
    return [term(path.replace("{column}", "{}"), label, en)];
  });
}

/**
 * Expands a rule of an edition file to the terms and labels that its message needs: one relation, or where the rows that
 * it names have different columns one for each kind. Paths in the rule: `{row}` and `{column}` are the variable,
 * `{leaves}` every column that is no total, `{leaves:results}` every row below `results` that is no total, a leading `-`
 * subtracts, `previous:` looks into last year's report.
 */
export function expandRelation(form: EditionForm, rule: RuleData): Relation[] {
  const section = form.sections.find((s) => s.key === rule.section);
  if (!section || section.kind === "narrative" || !rule.op) throw new Error(`rule ${rule.id}: no table or no operator`);
  const { id, level, op } = rule;
  const rows = rowsOf(form, section);
  const relation = (over: readonly RelationCase[], row?: FigureRow): Relation => ({
    id,
    level,
    op,
    over,
    left: termsOf(rule, rule.left, rows, row),
    right: termsOf(rule, rule.right, rows, row),
  });
  const wanted = rule.columns ?? rule.rows;
  // All rows are those that have the columns.
  const columns = [...(rule.left ?? []), ...(rule.right ?? [])].flatMap(
    (text) => /\{row\}\/([^{]+)$/.exec(text)?.[1] ?? [],
  );
  const able = rows.filter((row) => columns.every((path) => row.columns.some((column) => column.path === path)));
  const isChosen = ({ path }: { readonly path: string }): boolean =>
    wanted === "all" || wanted?.includes(path) === true;
  if (rule.columns !== undefined) {
    const over = columnsUnder(form, section, rule)
      .filter(isChosen)
      .map(({ path, node: { label, en } }) => ({
        path,
        label: `${section.table}“${label}”列`,
        en: `${section.en}, column “${en}”`,
      }));
    if (over.length === 0) throw new Error(`rule ${id}: names no column of ${section.key}`);
    return [relation(over)];
  }
  const chosen = (wanted === "all" ? able : rows).filter(isChosen);
  if (chosen.length === 0) throw new Error(`rule ${id}: names no row of ${section.key}`);
  const relations: Relation[] = [];
  for (const row of chosen) {
    const instance: RelationCase = {
      path: row.path,
      label: `${section.table}“${row.label}”${row.row ? "行" : ""}`,
      en: `${section.en}, row “${row.en}”`,
    };
    const own = relation([instance], row);
    const sides = ({ left, right }: Relation): string => JSON.stringify([left, right]);
    const at = relations.findIndex((other) => sides(other) === sides(own));
    if (at < 0) relations.push(own);
    else relations[at] = { ...own, over: [...relations[at]!.over, instance] };
  }
  return relations;
}
