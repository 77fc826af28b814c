/** Where the sections of a report begin. */
import type { EditionForm } from "../../form/form.ts";
import { shared, similarity, withoutMarks } from "../../form/label.ts";
import { titledSections } from "../../form/label-index.ts";
import type { Line, TextLine } from "../lines.ts";
import { simplified } from "../simplified.ts";
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

const NUMBERED = /^(?:第?([一二三四五六七八九十]|\d)(?:部分)?([、.,:])?|\(([一二三四五六七八九十]|\d)\)[、.]?)(.*)$/u;

/** A line as it is looked at: its letters, and if it is numbered the letters after the number. */
interface Heading {
  readonly letters: string;
  readonly numbered?: {
    readonly number: number | undefined;
    readonly bracketed: boolean;
    /** Whether a mark parts the number from the rest. */
    readonly parted: boolean;
    readonly rest: string;
    readonly letters: string;
  };
}

/** Longer than any heading with its number. */
const LONGEST = 60;

function headingOf(text: string): Heading | undefined {
  if (text.length > 2 * LONGEST) return undefined;
  const line = bare(text);
  if (line.length > LONGEST) return undefined;
  const match = NUMBERED.exec(line);
  if (!match) return { letters: withoutMarks(line) };
  const [, number, mark, bracketed, rest = ""] = match;
  const numbered = {
    number: numeral((number ?? bracketed)!),
    bracketed: bracketed !== undefined,
    parted: mark !== undefined,
    rest,
    letters: withoutMarks(rest),
  };
  return { letters: withoutMarks(line), numbered };
}

/** A heading has no more letters beyond its title's. */
const MOST_BESIDE = 24;

/** How like the letters of a text are to a section's title, from 0 to 1. */
const likeTitle = (letters: string, title: string): number =>
  letters === "" || letters.length > title.length + MOST_BESIDE ? 0 : similarity(letters, title);

/** How well a heading of one line, or of two, is a section's: 0 is not at all. */
function score({ letters, numbered }: Heading, order: number, title: string): number {
  const plain = likeTitle(letters, title) >= 0.85 ? 2.2 : 0;
  if (!numbered) return plain;
  const { number, bracketed, parted, rest, letters: own } = numbered;
  const like = likeTitle(own, title);
  if (bracketed) return like >= 0.9 ? 1.5 : 0;
  const agrees = number === order + 1;
  if (like >= 0.75 && agrees) return 3 + like / 5;
  if (like >= 0.85) return 2;
  if (!agrees || !parted || /[。;!?,:]/u.test(rest)) return plain;
  if (rest.length <= 40 && shared(own, title) >= 0.4) return 1.5;
  return rest.length <= 16 ? 0.4 : 0;
}

/** Lines that may be a heading beyond this are not looked at: no report has as many. */
const MOST = 500;

/** A heading at the beginning of a line with text behind it: 六、其他需要报告的事项：无. */
function openingOf(number: string, label: string): RegExp {
  const spaced = [...label].map((c) => c.replace(/[\\^$.*+?()[\]{}|]/gu, "\\$&")).join("\\s*");
  return new RegExp(`^\\s*(${number}\\s*[、.．，,]?)?\\s*${spaced}(?:\\s*[:：。.]\\s*|\\s+)(?=\\S)`, "u");
}

/** How much of a line a heading is looked for in. */
const OPENING = 100;

function candidatesIn(lines: readonly Line[], form: EditionForm): Candidate[] {
  const found: Candidate[] = [];
  const textAt = (at: number): string | undefined => {
    const line = lines[at];
    return line?.kind === "text" && !line.aside ? simplified(line.text) : undefined;
  };
  const sections = titledSections(form).map(({ section: { key, number, label }, title }) => ({
    key,
    title,
    opening: openingOf(number, label),
  }));
  for (const at of lines.keys()) {
    const text = textAt(at);
    if (text === undefined) continue;
    const heading = headingOf(text);
    const next = textAt(at + 1);
    const joined = next !== undefined && text.length + next.length <= LONGEST ? headingOf(text + next) : undefined;
    const second = joined && headingOf(next!);
    for (const [order, { key, title, opening }] of sections.entries()) {
      const behind = opening.exec(text.slice(0, OPENING));
      if (behind) {
        const rest = (lines[at] as TextLine).text.slice(behind[0].length);
        found.push({ key, order, from: at, to: at + 1, score: behind[1] === undefined ? 1 : 2.8, rest });
        continue;
      }
      const alone = heading ? score(heading, order, title) : 0;
      if (alone > 0) found.push({ key, order, from: at, to: at + 1, score: alone });
      if (!joined || alone >= 3) continue;
      const both = score(joined, order, title);
      if (both > Math.max(alone, 2) && score(second!, order, title) < 2)
        found.push({ key, order, from: at, to: at + 2, score: both });
    }
  }
  if (found.length <= MOST) return found;
  const best = new Set(found.toSorted((a, b) => b.score - a.score).slice(0, MOST));
  return found.filter((candidate) => best.has(candidate));
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
      const hasText = rest !== undefined || (next?.kind === "text" && !next.aside && !headings.has(to));
      return { ...candidate, score: candidate.score + (hasText ? 1 : 0) };
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
