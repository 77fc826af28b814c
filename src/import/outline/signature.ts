/** The organ and the 成文日期 at the end. */
import type { Line } from "../lines.ts";
import { bare, chineseDigits, isOrgan, numeral } from "./text.ts";

export interface Signature {
  /** Its first line, and the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly organ?: string;
  /** ISO date. */
  readonly date?: string;
}

const DATE = /(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?$/u;
const CHINESE =
  /(二[〇零○◯O0][\p{Script=Han}○◯O0]{2})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日$/u;
const LEAD = /^(?:成文日期|落款日期|日期)?[::]?/u;

const iso = (year: number, month: number, day: number): string | undefined => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined;
};

/** A line that ends in a date, with what stands before it. */
export function dateAtEnd(text: string): { readonly date: string; readonly before: string } | undefined {
  const line = bare(text).replace(LEAD, "");
  const arabic = DATE.exec(line);
  const chinese = arabic ? null : CHINESE.exec(line);
  const date = arabic
    ? iso(Number(arabic[1]), Number(arabic[2]), Number(arabic[3]))
    : chinese && iso(Number(chineseDigits(chinese[1]!)), numeral(chinese[2]!) ?? 0, numeral(chinese[3]!) ?? 0);
  return date ? { date, before: line.slice(0, (arabic ?? chinese)!.index) } : undefined;
}

/** What comes after a report on a page. */
const AFTER =
  /^(?:上一?篇|下一?篇|上一条|下一条|相关(?:附件|链接|文章|信息)|附件下载|主办|承办|版权|网站标识码|.{0,6}ICP备|【?(?:打印|关闭|返回)|分享到|扫一扫|责任编辑)/u;

/**
 * The signature after a line: the first line that is a date, and the organ before it, on its line or after it.
 * @param name the organ's name, where the title has it
 */
export function signatureIn(lines: readonly Line[], start: number, name: string | undefined): Signature | undefined {
  const textAt = (at: number): string | undefined => {
    const line = lines[at];
    return at >= start && line?.kind === "text" && !line.aside ? line.text : undefined;
  };
  const isName = (text: string | undefined): text is string =>
    text !== undefined && (isOrgan(text) || (name !== undefined && bare(text) === bare(name)));
  const written = (text: string): string => text.replace(/\s/gu, "");
  for (let at = start; at < lines.length; at += 1) {
    const text = textAt(at);
    if (text === undefined || text.length > 80) continue;
    const dated = dateAtEnd(text);
    if (!dated) continue;
    if (dated.before !== "" && !isName(dated.before)) continue;
    const { date } = dated;
    if (dated.before !== "") {
      const line = written(text);
      return { from: at, to: at + 1, organ: line.slice(0, dated.before.length), date };
    }
    const [before, after] = [textAt(at - 1), textAt(at + 1)];
    if (isName(before)) return { from: at - 1, to: at + 1, organ: written(before), date };
    if (name !== undefined && after !== undefined && bare(after) === bare(name))
      return { from: at, to: at + 2, organ: written(after), date };
    return { from: at, to: at + 1, date };
  }
  // Without a date: where the organ stands alone, or where the page goes on to something else.
  for (let at = start + 1; at < lines.length; at += 1) {
    const text = textAt(at);
    if (text === undefined) continue;
    if (name !== undefined && bare(text) === bare(name)) return { from: at, to: at + 1, organ: written(text) };
    if (text.length < 40 && AFTER.test(bare(text))) return { from: at, to: at };
  }
  return undefined;
}
