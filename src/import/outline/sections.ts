/** Where the sections of a report begin. */
import { distance } from "fastest-levenshtein";
import type { EditionForm } from "../../../schemas/form.ts";
import type { Line } from "../lines.ts";
import { bare, numeral } from "./text.ts";

export interface SectionStart {
  readonly key: string;
  /** The line that is its heading, and the one after. */
  readonly from: number;
  readonly to: number;
  /** The heading as the file has it. */
  readonly heading: string;
  /** What stands behind the heading on its line. */
  readonly rest?: string;
}

interface Candidate extends Omit<SectionStart, "heading"> {
  readonly order: number;
  readonly score: number;
}

const letters = (text: string): string => text.replace(/[\p{P}\p{S}]/gu, "");

/** The share of characters that two texts have in common. */
function common(a: string, b: string): number {
  const rest = [...b];
  const shared = [...a].filter((character) => {
    const at = rest.indexOf(character);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / (a.length + b.length || 1);
}

const NUMBERED = /^(?:第?([一二三四五六七八九十]|\d)(?:部分)?([、.,:])?|\(([一二三四五六七八九十]|\d)\)[、.]?)(.*)$/u;

/** How well a heading of one line, or of two, is a section's: 0 is not at all. */
function score(text: string, order: number, label: string): number {
  const line = bare(text);
  if (line.length > label.length + 24) return 0;
  const wanted = letters(label);
  const like = (rest: string): number => {
    const own = letters(rest);
    return own === "" ? 0 : 1 - distance(own, wanted) / Math.max(own.length, wanted.length);
  };
  const plain = like(line) >= 0.85 ? 2.2 : 0;
  const match = NUMBERED.exec(line);
  if (!match) return plain;
  const [, number, mark, bracketed, rest = ""] = match;
  const own = like(rest);
  if (bracketed !== undefined) return own >= 0.9 ? 1.5 : 0;
  const agrees = numeral(number!) === order + 1;
  if (own >= 0.75 && agrees) return 3 + own / 5;
  if (own >= 0.85) return 2;
  if (!agrees || mark === undefined || /[。;!?,:]/u.test(rest)) return plain;
  if (common(letters(rest), wanted) >= 0.4) return 1.5;
  return rest.length <= 16 ? 0.4 : 0;
}

/** A heading with text behind it: 六、其他需要报告的事项：无. */
function withRest(text: string, number: string, label: string): { rest: string; numbered: boolean } | undefined {
  const spaced = [...label].map((c) => c.replace(/[\\^$.*+?()[\]{}|]/gu, "\\$&")).join("\\s*");
  const match = new RegExp(
    `^\\s*(${number}\\s*[、.．，,]?)?\\s*${spaced}(?:\\s*[:：。.]\\s*|[\\s　]+)(\\S.*)$`,
    "u",
  ).exec(text);
  return match ? { rest: match[2]!, numbered: match[1] !== undefined } : undefined;
}

function candidatesIn(lines: readonly Line[], form: EditionForm): Candidate[] {
  const found: Candidate[] = [];
  const textAt = (at: number): string | undefined => {
    const line = lines[at];
    return line?.kind === "text" && !line.aside ? line.text : undefined;
  };
  for (const at of lines.keys()) {
    const text = textAt(at);
    if (text === undefined) continue;
    for (const [order, { key, number, label }] of form.sections.entries()) {
      const behind = withRest(text, number, label);
      if (behind) {
        found.push({ key, order, from: at, to: at + 1, score: behind.numbered ? 2.8 : 1, rest: behind.rest });
        continue;
      }
      const alone = text.length <= 80 ? score(text, order, label) : 0;
      if (alone > 0) found.push({ key, order, from: at, to: at + 1, score: alone });
      const next = textAt(at + 1);
      if (next !== undefined && text.length + next.length <= 60 && alone < 3) {
        const joined = score(text + next, order, label);
        if (joined > Math.max(alone, 2) && score(next, order, label) < 2)
          found.push({ key, order, from: at, to: at + 2, score: joined });
      }
    }
  }
  return found;
}

/**
 * Where each section begins: of all headings that may be one, those in the form's order that fit best. What follows
 * counts: a section's own table, or text; so that neither a list of contents nor a menu is taken for the report.
 * @param tables the section of each line that belongs to a section's table
 */
export function sectionsIn(
  lines: readonly Line[],
  form: EditionForm,
  tables: ReadonlyMap<number, string>,
): SectionStart[] {
  const candidates = candidatesIn(lines, form);
  const headings = new Set(candidates.filter(({ score: s }) => s >= 1.5).map(({ from }) => from));
  const valued = candidates.map((candidate) => {
    const { to, key, rest } = candidate;
    const narrative = form.sections.some((section) => section.key === key && section.kind === "narrative");
    if (narrative) {
      const next = lines[to];
      const said = rest !== undefined || (next?.kind === "text" && !next.aside && !headings.has(to));
      return { ...candidate, score: candidate.score + (said ? 1 : 0) };
    }
    let next = to;
    while (next < lines.length && !tables.has(next) && !headings.has(next)) next += 1;
    return { ...candidate, score: candidate.score + (tables.get(next) === key ? 2 : 0) };
  });
  // The best chain that ends in each candidate.
  const chains: { score: number; before: number }[] = [];
  for (const [i, candidate] of valued.entries()) {
    let best = { score: candidate.score, before: -1 };
    for (let j = 0; j < i; j += 1) {
      const earlier = valued[j]!;
      if (earlier.order >= candidate.order || earlier.to > candidate.from) continue;
      const total = chains[j]!.score + candidate.score;
      if (total > best.score) best = { score: total, before: j };
    }
    chains.push(best);
  }
  let at = chains.reduce((best, chain, i) => (best < 0 || chain.score > chains[best]!.score ? i : best), -1);
  const starts: SectionStart[] = [];
  for (; at >= 0; at = chains[at]!.before) {
    const { key, from, to, rest } = valued[at]!;
    const texts = lines.slice(from, to).map((line) => (line.kind === "text" ? line.text : ""));
    const heading = texts.join("").slice(0, rest === undefined ? undefined : -rest.length);
    starts.unshift({ key, from, to, heading, ...(rest === undefined ? {} : { rest }) });
  }
  return starts;
}
