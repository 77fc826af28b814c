import type { HostileInput } from "./hostile-input.ts";
import type { MutableReport } from "./service.ts";

/** Characters that are no text to be printed: what would break it, hide in it or turn it round. */
const CHARACTERS: readonly (readonly [name: string, character: string, says: string])[] = [
  ["NUL", "\u0000", "U+0000"],
  ["BEL", "\u0007", "U+0007"],
  ["BACKSPACE", "\u0008", "U+0008"],
  ["TAB", "\t", "制表符"],
  ["LINE FEED", "\n", "换行符"],
  ["LINE TABULATION", "\u000b", "换行符"],
  ["FORM FEED", "\f", "换行符"],
  ["CARRIAGE RETURN", "\r", "换行符"],
  ["ESCAPE", "\u001b", "U+001B"],
  ["UNIT SEPARATOR", "\u001f", "U+001F"],
  ["DELETE", "\u007f", "U+007F"],
  ["NEXT LINE", "\u0085", "换行符"],
  ["CONTROL SEQUENCE INTRODUCER", "\u009b", "U+009B"],
  ["SOFT HYPHEN", "\u00ad", "不可见字符"],
  ["COMBINING GRAPHEME JOINER", "\u034f", "不可见字符"],
  ["ARABIC LETTER MARK", "\u061c", "双向文字控制符"],
  ["HANGUL CHOSEONG FILLER", "\u115f", "不可见字符"],
  ["MONGOLIAN VOWEL SEPARATOR", "\u180e", "不可见字符"],
  ["ZERO WIDTH SPACE", "\u200b", "不可见字符"],
  ["ZERO WIDTH NON-JOINER", "\u200c", "不可见字符"],
  ["ZERO WIDTH JOINER", "\u200d", "不可见字符"],
  ["LEFT-TO-RIGHT MARK", "\u200e", "双向文字控制符"],
  ["RIGHT-TO-LEFT MARK", "\u200f", "双向文字控制符"],
  ["LINE SEPARATOR", "\u2028", "换行符"],
  ["PARAGRAPH SEPARATOR", "\u2029", "换行符"],
  ["LEFT-TO-RIGHT EMBEDDING", "\u202a", "双向文字控制符"],
  ["RIGHT-TO-LEFT OVERRIDE", "\u202e", "U+202E"],
  ["WORD JOINER", "\u2060", "不可见字符"],
  ["INVISIBLE SEPARATOR", "\u2063", "不可见字符"],
  ["RIGHT-TO-LEFT ISOLATE", "\u2067", "双向文字控制符"],
  ["POP DIRECTIONAL ISOLATE", "\u2069", "双向文字控制符"],
  ["ACTIVATE SYMMETRIC SWAPPING", "\u206b", "不可见字符"],
  ["HANGUL FILLER", "\u3164", "不可见字符"],
  ["VARIATION SELECTOR-16", "\ufe0f", "字形选择符"],
  ["BYTE ORDER MARK", "\ufeff", "不可见字符"],
  ["HALFWIDTH HANGUL FILLER", "\uffa0", "不可见字符"],
  ["INTERLINEAR ANNOTATION ANCHOR", "\ufff9", "不可见字符"],
  ["OBJECT REPLACEMENT CHARACTER", "\ufffc", "U+FFFC"],
  ["TAG LATIN SMALL LETTER A", "\u{e0061}", "不可见字符"],
  ["VARIATION SELECTOR-17", "\u{e0100}", "字形选择符"],
  ["HIGH SURROGATE", "\ud800", "不成对的代理项"],
  ["LOW SURROGATE", "\udfff", "不成对的代理项"],
  ["SURROGATES THE WRONG WAY ROUND", "\udc00\ud800", "不成对的代理项"],
  ["A NONCHARACTER", "\ufdd0", "非字符"],
  ["THE LAST NONCHARACTER OF THE BMP", "\uffff", "非字符"],
  ["A NONCHARACTER OF PLANE 15", "\u{ffffe}", "非字符"],
  ["PRIVATE USE", "\ue000", "专用区字符"],
  ["PRIVATE USE OF PLANE 16", "\u{10fffd}", "专用区字符"],
  ["EMOJI", "😀", "U+1F600"],
  ["ZALGO", "e\u0301\u0323\u0337\u0359\u0337", "叠起来的附加符号"],
  ["NINETY ACUTE ACCENTS", `e${"\u0301".repeat(90)}`, "叠起来的附加符号"],
];

const paragraph = (text: string) => ({ type: "paragraph", text });
const PLACES: Readonly<Record<string, (report: MutableReport, text: string) => void>> = {
  "a paragraph": (r, text) => void r["other"].body.push(paragraph(text)),
  "a heading": (r, text) => void r["other"].body.push({ type: "heading", level: 2, text }),
  "the organ's name": (r, text) => void (r["organ"].name = text),
  "the preamble": (r, text) => void (r["preamble"] = [paragraph(text)]),
};
const AT = Object.entries(PLACES);

/** Each character in one place of text, the places in turn. */
export const CHARACTER_INPUTS: readonly HostileInput[] = [
  ...CHARACTERS.map(([name, character, says], i): HostileInput => {
    const [place, put] = AT[i % AT.length]!;
    return {
      what: `character: ${name} in ${place}`,
      status: 422,
      says,
      change: (report) => put(report, `收${character}费`),
    };
  }),
  {
    what: "character: RIGHT-TO-LEFT OVERRIDE in an explanation",
    status: 422,
    id: "S-TEXT",
    says: "U+202E",
    change: (r) => void (r["explanations"] = { "N-FEE": "说\u202e明" }),
  },
  {
    what: "character: an indent of spaces",
    status: 422,
    id: "S-TEXT",
    says: "首尾不能有空格",
    change: (r) => PLACES["a paragraph"]!(r, "　　收费"),
  },
  {
    what: "character: spaces alone",
    status: 422,
    id: "S-TEXT",
    says: "首尾不能有空格",
    change: (r) => PLACES["a paragraph"]!(r, "   "),
  },
  {
    what: "character: a name that is all spaces behind its first",
    status: 422,
    id: "S-TEXT",
    says: "首尾不能有空格",
    change: (r) => PLACES["the organ's name"]!(r, `局${" ".repeat(99)}`),
  },
];
