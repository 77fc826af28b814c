/** Fonts of a PDF, as far as they state which characters their glyphs are. */
import type { Doubt } from "../doubt.ts";

/** What is needed of a font of pdfjs-dist (`fontExtraProperties`, and what `scripts/pdfjs.ts` adds). */
export interface Font {
  readonly loadedName?: string;
  readonly vertical?: boolean;
  readonly fontMatrix?: readonly number[];
  readonly defaultVMetrics?: readonly number[];
  readonly composite?: boolean;
  readonly isType3Font?: boolean;
  readonly charProcOperatorList?: Readonly<Record<string, { readonly fnArray: readonly number[] }>>;
  /** An identity map, which has a `firstChar`, is what is put where a font has none. */
  readonly toUnicode?: { readonly firstChar?: number };
  readonly differences?: readonly (string | undefined)[];
  /** Of a simple font with an encoding, the characters that its glyphs' names mean. */
  readonly named?: readonly (string | undefined)[];
  readonly includesToUnicode?: boolean;
  readonly embedded?: boolean;
}

export interface FontGlyph {
  readonly unicode: string;
  readonly originalCharCode?: number;
  readonly fontChar?: string;
  readonly operatorListId?: string;
  readonly width: number;
  readonly isSpace: boolean;
  readonly vmetric?: readonly number[] | null;
}

const FIGURE = /[\d０-９]/;
const GUESSED = /^(?:[GgCc][0-9A-Fa-f]{1,4}|(?:cid|glyph|index|char)\d+)$/;

export const LYING: Doubt = {
  kind: "other",
  words: {
    zh: "字体里对这个字形是什么字有两种说法，或者字形与所说的不同",
    en: "the font says in two ways which character the glyph is, or its shape is another",
  },
};
const UNNAMED: Doubt = {
  kind: "other",
  words: { zh: "字体没有说明这个字形是哪个数字", en: "the font does not say which digit the glyph is" },
};
const SEVERAL: Doubt = {
  kind: "other",
  words: { zh: "一个字形代表几个数字", en: "one glyph stands for several digits" },
};

/** Whether a Type 3 glyph has a picture at all. */
export const isEmptyGlyph = ({ isType3Font, charProcOperatorList }: Font, glyph: FontGlyph): boolean => {
  const list = charProcOperatorList?.[glyph.operatorListId ?? ""];
  return isType3Font === true && list !== undefined && list.fnArray.length <= 1;
};

/** Why a glyph may not be the digit that the font maps it to. */
export function glyphDoubt(font: Font, glyph: FontGlyph): Doubt | undefined {
  const code = glyph.originalCharCode ?? -1;
  const named = font.named?.[code];
  const digit = FIGURE.test(glyph.unicode);
  if (font.composite) return digit && [...glyph.unicode].length > 1 ? SEVERAL : undefined;
  if (font.includesToUnicode) {
    // Codes of a named encoding are often not what they are called in subsets; names that a font gives are.
    const given = font.differences?.[code] !== undefined;
    const byName = given && named !== undefined && !GUESSED.test(font.differences![code]!) ? named : undefined;
    if (byName !== undefined && byName !== glyph.unicode && (digit || FIGURE.test(byName))) return LYING;
  } else if (digit && font.embedded) {
    const name = font.differences?.[code];
    if (named === undefined || (name !== undefined && GUESSED.test(name))) return UNNAMED;
  }
  return digit && [...glyph.unicode].length > 1 ? SEVERAL : undefined;
}
