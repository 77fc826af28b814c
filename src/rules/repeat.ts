import type { FindingCell } from "../basics/finding.ts";
import { shortened, visible } from "../basics/visible.ts";
import { each, finding, type Keyword, standing } from "./keyword.ts";
import { commonShare } from "./lcs.ts";
import { lettersOf, type Prose, proseOf } from "./prose.ts";

/** A narrative with fewer letters than this repeats nothing: 无 is 无 every year. */
const LEAST = 50;
/** Texts shown beside last year's, the longest first. */
const SHOWN = 5;
/** Further texts are not looked for in last year's one by one. */
const PAIRED = 60;

interface Letters extends Prose {
  readonly letters: string;
}

/** The texts of the sections; a preamble is the same every year. */
const narrativeOf = (report: unknown): Letters[] =>
  proseOf(report)
    .filter(({ section }) => section !== "preamble")
    .map((prose) => ({ ...prose, letters: lettersOf(prose.text.slice(0, 20_000)) }));

const cellOf = ({ pointer, text }: Prose, of?: "previous"): FindingCell => ({
  pointer,
  label: "文字",
  value: visible(shortened(text, 200)),
  ...(of ? { of } : {}),
});

/** The longest texts that are more like one of last year's than not, each beside it. */
function sideBySide(now: readonly Letters[], then: readonly Letters[], share: number): FindingCell[] {
  const longest = (texts: readonly Letters[]) =>
    texts
      .filter(({ letters }) => letters.length >= 10 && letters.length <= 4000)
      .toSorted((a, b) => b.letters.length - a.letters.length)
      .slice(0, PAIRED);
  const before = longest(then);
  return longest(now)
    .flatMap((own) => {
      const shares = before.map((other) => commonShare(own.letters, other.letters));
      const best = Math.max(0, ...shares);
      return best > share ? [[cellOf(own), cellOf(before[shares.indexOf(best)]!, "previous")]] : [];
    })
    .slice(0, SHOWN)
    .flat();
}

/** No more than a part of the narrative is last year's, digits and punctuation apart; stands on `{ report, previous }`. */
export const check = each((pair: { readonly report: unknown; readonly previous: unknown }, rule) => {
  const [now, then] = [narrativeOf(pair.report), narrativeOf(pair.previous)];
  const [own, before] = [now, then].map((texts) => texts.map(({ letters }) => letters).join(""));
  if (own!.length < LEAST || before!.length < LEAST) return [];
  const [share, most] = [commonShare(own!, before!), rule.share!];
  const percent = Math.round(share * 100);
  const zh = `正文与上年相同的占${percent}%（不计数字和标点）`;
  const en = `${percent}% of the narrative is last year's, digits and punctuation apart`;
  if (share <= most)
    return [finding({ ...rule, level: "information" }, zh, en, [{ pointer: now[0]!.pointer, label: "文字" }])];
  const cells = sideBySide(now, then, most);
  return [
    finding(
      rule,
      `${zh}，超过${most * 100}%，请按本年情况改写或说明理由`,
      `${en}, which is more than ${most * 100}%; rewrite it, or explain`,
      cells.length > 0 ? cells : [{ pointer: now[0]!.pointer, label: "文字" }],
    ),
  ];
});

export const keyword: Keyword = {
  name: "repeat",
  type: "object",
  file: "repeat.ts",
  check,
  value: /* @__PURE__ */ standing("comparison", "repeat"),
  says: ({ share }) => ({
    zh: `正文超过${share! * 100}%与上年相同（不计数字和标点，2×最长公共子序列÷两年字数之和）；未超过的，以提示告知占比`,
    en: `more than ${share! * 100}% of the narrative is last year's, digits and punctuation apart (2·LCS/(a+b)); the share is always shown, as information where it is less`,
  }),
  mends: () => ({
    zh: "把照搬上年的段落按本年的实际情况重写",
    en: "rewrite what is last year's by what was done this year",
  }),
};
