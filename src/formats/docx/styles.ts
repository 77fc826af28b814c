/** The page of GB/T 9704—2012 as Word's styles: what the typesetter does, as far as a word processor does it. */
import { AlignmentType, type IParagraphStyleOptions, type IRunStylePropertiesOptions, LineRuleType } from "docx";
import type { FaceName } from "../../basics/faces.ts";
import { BODY_SIZE, CELL, NUMBER_SIZE, PITCH, TITLE_SIZE } from "../../typeset/grid.ts";
import { LEADING, TABLE_FACE, TABLE_SIZES } from "../../typeset/table-grid.ts";
import { HEADING_FACES } from "../../typeset/typeset.ts";

import { SIGNATURE, TITLE } from "./own.ts";

/** The unit of lengths, 1/20 pt; never more than the length: 22 lines must fit. */
export const twips = (points: number): number => Math.floor(points * 20);

/** The fonts that official documents are set in, by the typesetter's names, and what stands in where one is missing. */
export const FONTS: Readonly<Record<FaceName, { readonly name: string; readonly instead: readonly string[] }>> = {
  fangsong: { name: "仿宋_GB2312", instead: ["仿宋", "FangSong", "华文仿宋"] },
  kaiti: { name: "楷体_GB2312", instead: ["楷体", "KaiTi", "华文楷体"] },
  heiti: { name: "黑体", instead: ["SimHei", "思源黑体"] },
  biaosong: { name: "方正小标宋简体", instead: ["方正小标宋_GBK", "小标宋", "华文中宋", "宋体"] },
  songti: { name: "宋体", instead: ["SimSun", "思源宋体"] },
  rare: { name: "SimSun-ExtB", instead: ["宋体-ExtB", "SimSun-ExtG"] },
};

/** A face at a size, pt; Latin letters and digits are of the same font, as printed reports have them. */
export const run = (face: FaceName, size: number): IRunStylePropertiesOptions => {
  const { name } = FONTS[face];
  return { font: { ascii: name, hAnsi: name, eastAsia: name, cs: name, hint: "eastAsia" }, size: size * 2 };
};

/** Fixed line pitch, so that every page has the same lines. */
export const fixed = (points: number) => ({ line: twips(points), lineRule: LineRuleType.EXACT });

const indent = { firstLine: twips(2 * CELL), firstLineChars: 200 } as const;
/**
 * 28 characters fill a line: those of 3号 stand a little closer than set solid. A grid of characters is no way to say so:
 * LibreOffice counts it by another font's size, and the cells of tables would snap to it.
 */
const CLOSER = { characterSpacing: twips(CELL - BODY_SIZE) } as const;
const body = { spacing: fixed(PITCH), alignment: AlignmentType.BOTH } as const;

const heading = (level: 1 | 2 | 3 | 4): IParagraphStyleOptions => ({
  id: `Heading${level}`,
  name: `heading ${level}`,
  basedOn: "Normal",
  next: "BodyText",
  quickFormat: true,
  run: run(HEADING_FACES[level], BODY_SIZE),
  paragraph: { ...body, indent, keepNext: true, keepLines: true, outlineLevel: level - 1 },
});

/** The style of a table's cells, of a type size in pt. */
export const tableStyle = (size: number): string => `TableText${size}`;
const tableText = (size: number): IParagraphStyleOptions => ({
  id: tableStyle(size),
  name: `Table Text ${size}`,
  basedOn: "Normal",
  run: { ...run(TABLE_FACE, size), characterSpacing: 0 },
  paragraph: { spacing: fixed(size * LEADING), alignment: AlignmentType.CENTER },
});

/** Every style of a report, under the names that word processors translate. */
export const STYLES: readonly IParagraphStyleOptions[] = [
  {
    id: "Normal",
    name: "Normal",
    quickFormat: true,
    run: { ...run("fangsong", BODY_SIZE), ...CLOSER },
    paragraph: body,
  },
  {
    id: TITLE,
    name: "Title",
    basedOn: "Normal",
    next: "BodyText",
    quickFormat: true,
    run: { ...run("biaosong", TITLE_SIZE), characterSpacing: 0 },
    paragraph: { spacing: fixed(PITCH), alignment: AlignmentType.CENTER, keepNext: true, keepLines: true },
  },
  heading(1),
  heading(2),
  heading(3),
  heading(4),
  { id: "BodyText", name: "Body Text", basedOn: "Normal", quickFormat: true, paragraph: { ...body, indent } },
  {
    id: SIGNATURE,
    name: "Signature",
    basedOn: "Normal",
    paragraph: { spacing: fixed(PITCH), alignment: AlignmentType.RIGHT, keepLines: true },
  },
  {
    id: "Footer",
    name: "footer",
    basedOn: "Normal",
    run: { ...run("songti", NUMBER_SIZE), characterSpacing: 0 },
    paragraph: { spacing: fixed(NUMBER_SIZE) },
  },
  ...TABLE_SIZES.map(tableText),
];
