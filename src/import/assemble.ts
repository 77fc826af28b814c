/** From what a reader found in a file to a report and the account of how it came about. */

import { type Finding, listed } from "../basics/finding.ts";
import { withIdeographs } from "../basics/ideographs.ts";
import { setCell } from "../form/cells.ts";
import type { EditionForm } from "../form/form.ts";
import { formCells, sectionCells } from "../form/form-cells.ts";
import { formForYear } from "../form/forms.ts";
import { type FormLabels, labelledTables } from "../form/label-index.ts";
import type { AccountCell, Imported, ImportOptions, LeftOut } from "./account.ts";
import { type BesideTables, besideTables } from "./beside.ts";
import type { SourceDocument } from "./document.ts";
import { thingName } from "./doubt.ts";
import { quoted, remark } from "./findings.ts";
import { type Identity, identify } from "./identity/identify.ts";
import { leftOver } from "./left-over.ts";
import { type Line, linesOf } from "./lines.ts";
import { type Narratives, narrate } from "./narrate.ts";
import { outlineOf, ownOutlineOf } from "./outline/outline.ts";
import { nothingFound, withoutHeadings } from "./reported-once.ts";
import { splitSections } from "./split.ts";
import { type EditionVotes, foreignTo, votesOf } from "./tables/edition.ts";
import { isOfTable } from "./tables/known.ts";
import { scan } from "./tables/scan.ts";
import { withSequences } from "./tables/sequence.ts";
import { type Settled, settle } from "./tables/settle.ts";
import { inFormCharacters } from "./traditional.ts";

/** The line's section, of lines that belong to a section's table. */
const byLine = (sections: ReadonlyMap<string, readonly number[]>): Map<number, string> =>
  new Map([...sections].flatMap(([key, lines]) => lines.map((at) => [at, key] as const)));

const readWith = (lines: readonly Line[], form: EditionForm, own: boolean) => {
  const found = scan(lines, labelledTables(form));
  return { found, outline: own ? ownOutlineOf(lines, form) : outlineOf(lines, form, byLine(found.sections)) };
};

function encodingFindings({ encoding = "", undecodable }: SourceDocument): Finding[] {
  if (undecodable === undefined) return [];
  return [
    remark(
      "I-ENCODING",
      "error",
      `文件按${encoding}编码读取，有${undecodable}处不能解读，成了“\ufffd”；请核对原文`,
      `Read as ${encoding}, ${undecodable} places of the file could not be decoded and are “\ufffd”`,
    ),
  ];
}

function hiddenFindings({ hidden = [] }: SourceDocument): Finding[] {
  if (hidden.length === 0) return [];
  return [
    remark(
      "I-HIDDEN",
      "warning",
      `文件里有${hidden.length}处隐藏的内容没有读取：${hidden[0]!.where}“${quoted(hidden[0]!.text)}”${hidden.length > 1 ? "等" : ""}`,
      `${hidden.length} hidden places of the file were not read, the first with “${quoted(hidden[0]!.text)}”`,
    ),
  ];
}

/** Things that may be the tables that were not found, by name. */
function thingFindings({ things = [] }: SourceDocument, cells: readonly AccountCell[]): Finding[] {
  const missing = cells.filter(({ how }) => how === "missing").length;
  if (things.length === 0 || missing < cells.length / 4) return [];
  const zh = things.map(({ thing, count }) => `${count}处${thingName(thing).zh}`).join("、");
  const en = things.map(({ thing, count }) => `${thingName(thing).en} (${count})`).join(", ");
  return [
    remark(
      "I-THINGS",
      "error",
      `有${missing}格没有读到，文件里还有${zh}，表格可能就在里面；图片和嵌入的内容不能读，请用原来的电子文件，或者照着填报`,
      `${missing} figures were not found, and the file has ${en}, which may be the tables; pictures and what is embedded cannot be read`,
    ),
  ];
}

/** Radicals and compatibility ideographs that stood in the place of others. */
function ideographFindings({ items, title = "" }: SourceDocument): Finding[] {
  const texts = items.flatMap((item) =>
    item.kind === "text" ? [item.text] : [...new Set(item.grid.flat())].map((cell) => cell?.text ?? ""),
  );
  const found = [title, ...texts].filter((text) => withIdeographs(text) !== text);
  if (found.length === 0) return [];
  return [
    remark(
      "I-IDEOGRAPHS",
      "information",
      `有${found.length}处文字用了部首或兼容汉字的编码（看起来一样，实际是别的字），已换成通用的汉字：${found
        .slice(0, 3)
        .map((text) => `“${quoted(withIdeographs(text))}”`)
        .join("、")}`,
      `${found.length} texts had radicals or compatibility ideographs, which look like others; they were replaced by unified ideographs`,
    ),
  ];
}

/** Puts what was read together, each part where the form has it. */
function reportOf(
  form: EditionForm,
  identity: Identity,
  texts: Narratives,
  beside: BesideTables,
  tables: Settled,
): Record<string, unknown> {
  const report: Record<string, unknown> = { edition: form.edition };
  if (identity.year !== undefined) report["year"] = identity.year;
  const organ = {
    ...(identity.organ ? { name: identity.organ } : {}),
    ...(identity.uscc ? { uscc: identity.uscc } : {}),
  };
  report["organ"] = organ;
  if (identity.signed !== undefined) report["signed"] = identity.signed;
  if (texts.preamble.length > 0) report["preamble"] = texts.preamble;
  const put = (pointer: string, value: unknown): void => {
    if (value !== undefined) setCell(report, pointer, value);
  };
  for (const section of form.sections) {
    const { key } = section;
    put(`/${key}/body`, texts.bodies.get(key));
    put(`/${key}/before`, beside.texts.get(`/${key}/before`));
    if (section.kind === "table")
      for (const { pointer } of sectionCells(form, section)) put(pointer, tables.values.get(pointer));
    put(`/${key}/after`, beside.texts.get(`/${key}/after`));
  }
  return report;
}

/**
 * Makes a report of a document, and accounts for every figure and every text.
 * The edition is that of the labels; where they do not decide, that of the year.
 * @param labels of the forms that the report may be on
 */
export function assemble(source: SourceDocument, options: ImportOptions, labels: FormLabels): Imported {
  const titled = source.title === undefined ? source : { ...source, title: withIdeographs(source.title) };
  const { document, findings: characters } = inFormCharacters(titled, labels);
  const read = linesOf(document, (text) => isOfTable(text, labels));
  const lines = document.format === "txt" ? withSequences(read, labels) : read;
  const votes = votesOf(lines, labels.forms);
  const own = document.own !== undefined;
  // Without labels that decide, the year does; where to look for it does not depend on the edition.
  const guess = votes.form ?? labels.forms.at(-1)!;
  const first = readWith(lines, guess, own);
  const identity = identify(document, lines, first.outline, options);
  const form =
    votes.form ?? (identity.year === undefined ? undefined : formForYear(identity.year, labels.forms)) ?? guess;
  const { found, outline } = form === guess ? first : readWith(lines, form, own);
  const tables = settle(form, found);
  const texts = narrate(form, outline, own);
  const beside = besideTables(form, lines, outline, found, own, labels);
  const rest = leftOver({ document, form, lines, scan: found, outline, labels }, beside.placed);
  const report = reportOf(form, identity, texts, beside, tables);
  const nothing = own ? undefined : nothingFound(form, outline, tables.cells, formCells(form));
  const split = own ? undefined : splitSections(form, report);
  const isFilled = (section = ""): boolean => split?.filled.includes(`${section}/body`) === true;
  const leftOut: LeftOut[] = [...rest.leftOut, ...(split?.leftOut ?? []), ...(document.hidden ?? [])];
  return {
    report: split?.report ?? report,
    account: {
      format: document.format,
      ...(document.encoding === undefined ? {} : { encoding: document.encoding }),
      ...(votes.form ? { edition: votes.form.edition } : {}),
      cells: tables.cells,
      findings: listed([
        ...encodingFindings(document),
        ...hiddenFindings(document),
        ...ideographFindings(source),
        ...characters,
        ...thingFindings(document, tables.cells),
        ...(nothing
          ? [nothing]
          : withoutHeadings(
              [
                ...identity.findings,
                ...editionFindings(form, identity.year, votes, labels),
                ...texts.findings.filter(({ id, cells: [cell] }) => id !== "I-SECTION" || !isFilled(cell?.pointer)),
                ...(split?.findings ?? []),
                ...beside.findings,
                ...rest.findings,
                ...tables.findings,
              ],
              tables.cells,
            )),
      ]),
      leftOut,
      ...(identity.offers.length > 0 ? { offers: identity.offers } : {}),
    },
  };
}

function editionFindings(
  form: EditionForm,
  year: number | undefined,
  { form: named, labels }: EditionVotes,
  { forms }: FormLabels,
): Finding[] {
  const findings: Finding[] = [];
  const add = (level: Finding["level"], zh: string, en: string): void => {
    findings.push(remark("I-EDITION", level, zh, en, "/edition", "格式版本"));
  };
  const sample = (of: readonly string[]): string =>
    of
      .slice(0, 4)
      .map((label) => `“${label}”`)
      .join("、");
  const others = [...labels].map(([edition, of]) => [edition, foreignTo(form, of)] as const);
  for (const [edition, of] of others.filter(([edition, own]) => edition !== form.edition && own.length > 0))
    add(
      "error",
      `表中大多是${form.edition}年版格式的项目，也有${edition}年版的：${sample(of)}`,
      `Most labels are of edition ${form.edition}, and some of ${edition}: ${sample(of)}`,
    );
  if (!named)
    add(
      "warning",
      `表中没有能断定格式版本的项目，按${year === undefined ? "现行格式" : "报告年度"}取${form.edition}年版`,
      `No label tells the edition; ${form.edition} was taken by ${year === undefined ? "what is in force" : "the year"}`,
    );
  const right = year === undefined ? undefined : formForYear(year, forms);
  if (named && right && right !== form)
    add(
      "error",
      `${year}年度应按${right.edition}年版格式（${right.source}）编制，文件用的是${form.edition}年版`,
      `A report of ${year} is to be on edition ${right.edition} (${right.source}); the file is on ${form.edition}`,
    );
  return findings;
}
