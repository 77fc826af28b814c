/** The parts of a report in a document: title, preamble, sections, signature, and what lies around them. */
import type { EditionForm } from "../../form/form.ts";
import type { Line, TextLine } from "../lines.ts";
import { type SectionStart, sectionsIn } from "./sections.ts";
import { type Signature, signatureIn } from "./signature.ts";
import { bare, isOrgan } from "./text.ts";
import { type FoundTitle, titlesIn } from "./title.ts";

export interface Outline {
  readonly title?: FoundTitle;
  /** Other titles that the document has before the report's: a page's head, a path. */
  readonly otherTitles: readonly FoundTitle[];
  readonly preamble: readonly TextLine[];
  /** The texts of each section that was found, by key; of table sections too. */
  readonly sections: ReadonlyMap<string, readonly TextLine[]>;
  readonly starts: readonly SectionStart[];
  readonly signature?: Signature;
  /** Lines before the title and after the signature, and what is set apart between them. */
  readonly outside: readonly Line[];
  /** The lines of the report: from the first to before the last. */
  readonly from: number;
  readonly to: number;
}

/** What a page says about itself between its title and the report. */
const ABOUT_PAGE =
  /^(?:(?:发布|发文|成文|更新|信息|公开|生成)?(?:日期|时间)|(?:信息)?来源|作者|浏览|阅读|点击|访问|字[号体]|文字大小|索引号|文号|主题|体裁|(?:发布|发文|公开)(?:机构|单位|机关)|责任?编辑|打印|分享|保存|关闭|有效性|信息分类|\[?[【[(]?(?:大|小)|当前位置|您?(?:现在|当前)?的?位置)/u;

const isAboutPage = (text: string): boolean => {
  const line = bare(text);
  return line.length < 90 && !/[。;]$/u.test(line) && (ABOUT_PAGE.test(line) || /^[\d\-:/.年月日]+$/u.test(line));
};

const isText = (line: Line): line is TextLine => line.kind === "text";

/** The paragraphs right before a line. */
function paragraphsBefore(lines: readonly Line[], end: number): number {
  let from = end;
  while (from > 0) {
    const line = lines[from - 1]!;
    if (!isText(line) || line.aside || line.text.length < 20 || !/[。：:]\s*$/u.test(line.text)) break;
    from -= 1;
  }
  return from;
}

/**
 * Finds the parts of a report.
 * @param tables the section of each line that belongs to a section's table
 */
export function outlineOf(lines: readonly Line[], form: EditionForm, tables: ReadonlyMap<number, string>): Outline {
  const starts = sectionsIn(lines, form, tables);
  const firstTable = Math.min(...tables.keys(), lines.length);
  const begin = starts[0]?.from ?? firstTable;
  const titles = titlesIn(lines, begin);
  const title = titles.at(-1);
  const body = title?.to ?? paragraphsBefore(lines, begin);
  const lastTable = Math.max(...tables.keys(), -1);
  const signature = signatureIn(
    lines,
    Math.max(starts.at(-1)?.to ?? body, lastTable + 1, body),
    title?.organ ?? titles.find(({ organ }) => organ)?.organ,
  );
  const to = signature?.from ?? lines.length;
  const outside: Line[] = [...lines.slice(0, title?.from ?? body), ...lines.slice(signature?.to ?? to)];
  const inside = (from: number, end: number): TextLine[] =>
    lines.slice(from, end).filter((line): line is TextLine => {
      if (!isText(line)) return false;
      if (line.aside) outside.push(line);
      return !line.aside;
    });
  const preamble = inside(body, begin).filter((line, i) => {
    // The organ once more, or what the page says of itself.
    const about = isAboutPage(line.text) || (i === 0 && title?.organ === undefined && isOrgan(line.text));
    if (about) outside.push(line);
    return !about;
  });
  const sections = new Map<string, TextLine[]>();
  for (const [i, { key, to: after, rest, from }] of starts.entries()) {
    const own = inside(after, Math.max(Math.min(starts[i + 1]?.from ?? to, to), after));
    const heading = lines[from] as TextLine;
    sections.set(key, rest === undefined ? own : [{ kind: "text", text: rest, where: heading.where }, ...own]);
  }
  return {
    ...(title ? { title } : {}),
    otherTitles: titles.slice(0, -1),
    preamble,
    sections,
    starts,
    ...(signature && signature.to > signature.from ? { signature } : {}),
    outside,
    from: title?.from ?? body,
    to: signature?.to ?? to,
  };
}

/** The outline of a document of this system: every part is marked as what it is. */
export function ownOutlineOf(lines: readonly Line[], form: EditionForm): Outline {
  const headings = lines.flatMap((line, at) => (isText(line) && line.level === 2 ? [at] : []));
  const starts = form.sections.flatMap(({ key, number, label }): SectionStart[] => {
    const from = headings.find((at) => (lines[at] as TextLine).text === `${number}、${label}`);
    return from === undefined ? [] : [{ key, from, to: from + 1, heading: label }];
  });
  const body = lines.findIndex((line) => !isText(line) || line.level !== 1);
  const signature = lines.findIndex((line) => isText(line) && line.role === "signature");
  const texts = (from: number, end: number): TextLine[] => lines.slice(from, end).filter(isText);
  const sections = new Map(starts.map(({ key, to }, i) => [key, texts(to, starts[i + 1]?.from ?? signature)] as const));
  return {
    otherTitles: [],
    preamble: texts(body, starts[0]?.from ?? signature),
    sections,
    starts,
    outside: lines.slice(signature + 2),
    from: 0,
    to: signature + 2,
  };
}
