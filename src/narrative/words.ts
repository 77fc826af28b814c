import type { ColumnData, EditionForm, PartData, Phrases, RowData, TableSection } from "../form/form.ts";
import { memoizePerForm } from "../form/memo.ts";
import { resolveColumns } from "../form/tree.ts";
import { GRAMMAR, type Kind } from "./grammar.ts";

/** What a phrase of the edition says of a figure. */
export interface Meaning {
  readonly section: TableSection;
  /** Several rows or columns, joined by `+`, are counted together. */
  readonly row?: string;
  readonly column?: string;
  /** Other rows that may be meant. */
  readonly alternatives?: readonly string[];
  /** Says nothing unless the section's subject is named, too. */
  readonly needsSubject?: true;
  readonly subject?: true;
  /** The clause speaks of other figures than the section's. */
  readonly otherwise?: true;
}

/** A word: its parts in the grammar, and what it means in the form. */
export interface Word {
  readonly kinds: Kind[];
  readonly meanings: Meaning[];
}

/** Words by their characters. */
interface Tree {
  readonly next: Map<string, Tree>;
  word?: Word;
}

/** Every string that a phrase with alternatives in brackets stands for. */
export function spellings(phrase: string): string[] {
  const [, before = "", choices, after = ""] = /^(.*?)\(([^()]*\|[^()]*)\)(.*)$/.exec(phrase) ?? [];
  return choices === undefined ? [phrase] : choices.split("|").flatMap((choice) => spellings(before + choice + after));
}

/** A label as a sentence has it: without its number, its note and the 属于 before a reason. */
const bare = (label: string): string => label.replace(/^(?:（.）|\d\.|.、)?(?:属于)?|（.*$/g, "");

/** The keys of the figures under a group of columns. */
const leavesOf = (form: EditionForm, columns: NonNullable<ColumnData["columns"]>): string[] =>
  resolveColumns(form, columns).flatMap((node) => (node.columns ? leavesOf(form, node.columns) : [node.key!]));

function treeOf(form: EditionForm, year: number): Tree {
  const root: Tree = { next: new Map() };
  const add = (phrases: readonly string[] = [], kind: Kind | undefined, meaning?: Meaning): void => {
    for (const phrase of phrases) {
      const dated = phrase
        .replace("{last}", `(上(一|)年|上(一|)年度|去年|${year - 1}年|${year - 1}年度)`)
        .replace("{this}", `${year}年(度|)`)
        .replace("{next}", `${year + 1}年(度|)`);
      for (const spelling of spellings(dated)) {
        let node = root;
        for (const character of spelling) {
          const next: Tree = node.next.get(character) ?? { next: new Map() };
          node.next.set(character, next);
          node = next;
        }
        if (spelling === "") continue;
        node.word ??= { kinds: [], meanings: [] };
        if (kind) node.word.kinds.push(kind);
        if (meaning) node.word.meanings.push(meaning);
      }
    }
  };
  const addPhrases = ({ phrases, subjectPhrases }: Phrases, meaning: Meaning): void => {
    add(phrases, undefined, meaning);
    add(subjectPhrases, undefined, { ...meaning, needsSubject: true });
  };
  const addNode = (node: ColumnData | RowData, meaning: Meaning): void =>
    addPhrases({ ...node, phrases: node.phrases ?? (node.total ? [] : [bare(node.label)]) }, meaning);
  const addRows = (section: TableSection, rows: readonly RowData[], above = ""): void => {
    for (const node of rows) {
      addNode(node, { section, row: above + node.key });
      addRows(section, node.rows ?? [], `${above}${node.key}/`);
    }
  };
  // A group of columns with a key of its own is what a row is elsewhere, where there are no rows.
  const addColumns = (
    section: TableSection,
    { columns, rows }: Pick<PartData, "columns" | "rows">,
    above = "",
  ): void => {
    for (const node of resolveColumns(form, columns)) {
      if (!node.columns) addNode(node, { section, column: rows ? above + node.key! : node.key! });
      else {
        if (node.key && !rows) addNode(node, { section, row: above + node.key });
        else if (node.phrases) addNode(node, { section, column: leavesOf(form, node.columns).join("+") });
        addColumns(
          section,
          { columns: node.columns, ...(rows ? { rows } : {}) },
          node.key ? `${above}${node.key}/` : above,
        );
      }
    }
  };
  for (const [kind, words] of Object.entries(GRAMMAR)) add(words.split(" "), kind as Kind);
  for (const section of form.sections) {
    if (section.kind === "narrative") continue;
    for (const part of section.parts) {
      addColumns(section, part);
      addRows(section, part.rows ?? []);
    }
    for (const { rows, alternatives, ...group } of section.subject?.groups ?? [])
      addPhrases(group, { section, row: rows, ...(alternatives ? { alternatives } : {}) });
    add(section.subject?.phrases, undefined, { section, subject: true });
    add(section.subject?.otherwise, undefined, { section, otherwise: true });
  }
  return root;
}

const treesOf = memoizePerForm(() => new Map<number, Tree>());
const MOST_YEARS = 8;

/** The longest word that begins at a place of a text, with its length. */
export function wordAt(form: EditionForm, year: number, text: string, at: number): [Word, number] | undefined {
  const trees = treesOf(form);
  if (!trees.has(year)) {
    if (trees.size === MOST_YEARS) trees.clear();
    trees.set(year, treeOf(form, year));
  }
  let found: [Word, number] | undefined;
  let node = trees.get(year);
  for (let end = at; node; end += 1) {
    if (node.word) found = [node.word, end];
    node = node.next.get(text[end] ?? "");
  }
  return found;
}
