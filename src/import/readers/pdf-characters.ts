/**
 * Radicals and the ideographs that they look like, pair by pair (Unicode, EquivalentUnifiedIdeograph.txt); ⼾ as it is
 * written in China, of which Unicode says 戶.
 */
const RADICALS =
  "⼾户⺁厂⺄乙⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢水⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳㓁⺴网⺵罒⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞飠⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟";

const ideographs = new Map(
  Array.from({ length: RADICALS.length / 2 }, (_, i) => [RADICALS[2 * i], RADICALS[2 * i + 1]]),
);

/**
 * A text with the ideographs that are meant: a font has one glyph for an ideograph and the radical or compatibility
 * character of its shape, and what writes a PDF often takes the wrong one of them.
 */
export const plainIdeographs = (text: string): string =>
  text.replace(
    /[\u2329\u232a\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]/gu,
    (c) => ideographs.get(c) ?? c.normalize("NFKC"),
  );

const CJK =
  /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}\u2014\u2018-\u201d\u2026\u00b7]/u;

/** Whether a character is Chinese text or its punctuation, next to which no space is written. */
export const isCjk = (character: string): boolean => CJK.test(character);

/** Two parts of a text that a line was broken between: a space only between words of letters. */
export function joined(before: string, after: string): string {
  const [a, b] = [before.trimEnd(), after.trimStart()];
  const [last, first] = [[...a].at(-1) ?? "", [...b][0] ?? ""];
  if (last === "" || first === "" || isCjk(last) || isCjk(first)) return a + b;
  // A number or an address that was too long for its line goes on; so does a word behind its hyphen.
  const word = /\S*$/.exec(a)![0];
  if ((/\d/.test(last) && /[\d.,%]/.test(first)) || /[-/]$/.test(a) || /:\/\/|^www\./.test(word)) return a + b;
  return `${a} ${b}`;
}
