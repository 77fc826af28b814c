/** Characters that look like others: radicals that a font or a converter left in the place of ideographs (UAX #38, CJK radicals). */

/** U+2E80 to U+2EF3 as Unicode's EquivalentUnifiedIdeograph.txt has them; a space where it has none. */
const SUPPLEMENT = [
  ..."　厂乛乚乙亻冂𠘨刀刂卜㔾小尐兀尣尢𡯂巳幺彑彐忄心扌攵　旡日月歺母民氵氺灬爫爬丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艺艻虎衤覀西见角𧢲讠贝𧾷车辶辷辸邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
];
const FIRST = 0x2e80;

/** CJK radicals, Kangxi radicals and compatibility ideographs. */
const LOOKALIKE = /[\u2e80-\u2ef3\u2f00-\u2fd5\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;

const unified = (character: string): string => {
  const listed = SUPPLEMENT[character.codePointAt(0)! - FIRST];
  return listed === undefined || listed === "　" ? character.normalize("NFKC") : listed;
};

/** A text with unified ideographs in the place of radicals and compatibility ideographs; the rest as it is. */
export const withIdeographs = (text: string): string => text.replace(LOOKALIKE, unified);
