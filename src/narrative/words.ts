import { oncePerForm } from "../form/cells.ts";
import {
  type ColumnData,
  type EditionForm,
  type PartData,
  type RowData,
  resolveColumns,
  type TableSection,
} from "../form/form.ts";

/**
 * The words that do not say which figure is spoken of. A clause with a word that is neither here nor in the edition is
 * not understood, and nothing is taken from it. `(a|b|)` are alternatives, `{last}` is last year.
 */
const GRAMMAR = {
  filler:
    "的 了 共 计 为 是 有 均 都 全 已 被 由 而 在 内 相比 至 到 加 本 新 各类 “ ” ‘ ’ : 于 (共|总|合|累)计 (一|总)共 总 (总|)(数量|数|量|件数)(为|达|) 达(到|) 仍有 还有 (全部|均|都|)为 其 另有 另外 同时 已经 方面 情况 情形 事项 案件 案 类 申请人 (社会|)公众 群众 公民(、法人(和|或|或者|及|以及)其他组织|) 提(出|交|起) 引(发|起)(的|) 发生 产生 出现 相关 有关 继续 (通过|)(各种|各|各类|不同)(渠道|途径|方式) (截至|截止)(到|) 1月1日 (收取|征收) 行政机关 作出(了|) 依法(依规|) (按|如)(时|期|规定) 及时 予以 回复 如期 (作为|)被申请人 既 总额 法定 规定 (期限|时限)(内|) 全部 也 还 则 即",
  // May stand before a reason, which then covers only some of what the next clause counts.
  cause: "因 因为 由于 涉 涉及 属于 对于 对",
  // Ends a clause that has its number.
  and: "和 与 及 以及 并 、 ( )",
  among: "其中 中",
  now: "(本|今)年(度|)(以来|) 全年(度|) 年(度|)内 报告(年度|期)(内|) 一年来 (1|一)(月|)(-|—|~|至|到)(12|十二)月(份|) 12月31日 12月底 年(底|末) 过去(的|)一年(来|)",
  past: "(截至|)目前 上半年 下半年 (第(一|二|三|四)|前(二|三|两)(个|)|)季度 期间 以来 过去 近年 历年 往年 (月|年|日|季)均 平均 同期 每(年|月|季|日) 以前 此前 {last}",
  ours: "(我|本)(级|)(局|委|厅|办|院|处|队|中心|站|所|校|镇|乡|街道|县|区|市|省|州|旗|盟|单位|机关|行政机关|部门|政府|人民政府) 全(市|县|区|省|镇|乡|局|州|旗|盟|街道|委|厅|院)(各级|)(行政机关|政府机关|政府|部门|)",
  theirs:
    "(所|下|直)属 (局|市|区|县|省)(属|直) (乡|镇|乡镇|街道|县区|区县) 各(市|县|区|科室|部门|单位|地) 分局 (市|省|县|区|)本级 系统 基层",
  // Documents are sorted into 予以公开 and 不予公开 as well.
  documents: "主动公开",
  not: "未 无 没有 没 未曾 尚未 尚无",
  // Against last year.
  since: "同比 (较|比|与|同|和|相较|相比|对比){last}(度|)(同期|)(相比|比|)",
  up: "(增|增长|增加|上升|提高|上涨|增幅|多)(了|为|达|)",
  down: "(减|减少|下降|降低|下滑|回落|降幅|少)(了|为|达|)",
  each: "分别",
};
export type Kind = keyof typeof GRAMMAR;

/** What a phrase of the edition says of a figure. */
export interface Meaning {
  readonly section: TableSection;
  readonly row?: string;
  readonly column?: string;
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

function treeOf(form: EditionForm, year: number): Tree {
  const root: Tree = { next: new Map() };
  const add = (phrases: readonly string[] = [], kind: Kind | undefined, meaning?: Meaning): void => {
    for (const phrase of phrases) {
      const dated = phrase
        .replace("{last}", `(上(一|)年|上(一|)年度|去年|${year - 1}年|${year - 1}年度)`)
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
  const addNode = (node: ColumnData | RowData, meaning: Meaning): void => {
    add(node.said ?? (node.total ? [] : [bare(node.label)]), undefined, meaning);
    add(node.saidOfSubject, undefined, { ...meaning, needsSubject: true });
  };
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
    add(section.speaksOf?.subject, undefined, { section, subject: true });
    add(section.speaksOf?.otherwise, undefined, { section, otherwise: true });
  }
  return root;
}

const treesOf = oncePerForm(() => new Map<number, Tree>());
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
