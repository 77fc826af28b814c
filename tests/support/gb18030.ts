/** The repertoires of GB 18030—2022, clause 9: what each level of implementation has to print. Code points. */
import iconv from "iconv-lite";

const between = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);
const isPrivate = (codePoint: number): boolean => codePoint >= 0xe000 && codePoint <= 0xf8ff;

/** The characters of two bytes; those that the edition of 2005 had in the private use area apart. */
function twoBytes(): number[] {
  const out: number[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const text = iconv.decode(Buffer.from([lead, trail]), "gb18030");
      const codePoint = text.codePointAt(0)!;
      if ([...text].length === 1 && codePoint !== 0xfffd && !isPrivate(codePoint)) out.push(codePoint);
    }
  return out;
}

/** ASCII, all of two bytes, CJK Unified Ideographs to U+9FEF and extension A. */
export const LEVEL_1: readonly number[] = [
  ...between(0x20, 0x7e),
  ...twoBytes(),
  ...between(0x9fa6, 0x9fef),
  ...between(0x3400, 0x4db5),
];

/** The characters of 通用规范汉字表 (2013) beyond the first plane; the other 7,909 are of level 1. From Unihan 15.0, kTGH. */
const TABLE =
  "𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀" +
  "𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷" +
  "𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮" +
  "𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓";

export const LEVEL_2: readonly number[] = [...TABLE].map((character) => character.codePointAt(0)!);

/** All other ideographs of the standard: the extensions B to F, and the radicals of Kangxi. */
export const LEVEL_3: readonly number[] = [
  ...between(0x20000, 0x2a6d6),
  ...between(0x2a700, 0x2b734),
  ...between(0x2b740, 0x2b81d),
  ...between(0x2b820, 0x2cea1),
  ...between(0x2ceb0, 0x2ebe0),
  ...between(0x2f00, 0x2fd5),
];
