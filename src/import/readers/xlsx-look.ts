/** How the cells of a workbook look (ISO/IEC 29500-1, 18.8): the styles that they name, and the runs of rich text. */
import type { Doubt } from "../doubt.ts";
import type { Mark } from "./cell-content.ts";
import { BLACK, isSeen, isSymbolFont, type Rgb, rgbOf, WHITE } from "./color.ts";
import { formatSections } from "./xlsx-format.ts";
import { builtInFormat, type NumberFormat } from "./xlsx-values.ts";
import { elementAt, elementsOf, isOn, valueAt, type XmlElement } from "./xml.ts";

/** How text looks. */
export interface Font {
  readonly struck: boolean;
  readonly raised: boolean;
  readonly color: Rgb;
  /** Points. */
  readonly size: number;
  readonly symbols: boolean;
}

export const PLAIN_FONT: Font = { struck: false, raised: false, color: BLACK, size: 11, symbols: false };

/** What a cell's style says. */
export interface CellStyle {
  readonly format: NumberFormat;
  readonly font: Font;
  /** What is behind the text; undefined where that is a pattern. */
  readonly ground: Rgb | undefined;
  readonly doubt: Doubt | undefined;
}

/** What a conditional format changes. */
export interface Change {
  readonly format: NumberFormat;
  readonly formats: boolean;
  readonly struck: boolean;
  readonly color: Rgb | undefined;
  readonly ground: Rgb | undefined;
}

export interface WorkbookStyles {
  readonly cells: readonly CellStyle[];
  readonly changes: readonly Change[];
  readonly theme: readonly Rgb[];
}

/** The first eight colours by number, which come twice (18.8.27). */
const INDEXED = ["000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF"];
/** A theme's colours as Office has them: light and dark change places in their numbers. */
const THEME: readonly Rgb[] = [WHITE, BLACK];

/** The colours of a theme by the numbers that sheets call them. */
export function themeColors(theme: XmlElement | undefined): readonly Rgb[] {
  const colors = elementsOf(elementAt(theme, "themeElements", "clrScheme")).map((color): Rgb => {
    const [own] = elementsOf(color);
    return rgbOf(own?.attributes["lastClr"] ?? own?.attributes["val"]) ?? BLACK;
  });
  const [dark1, light1, dark2, light2, ...rest] = colors;
  return dark1 && light1 && dark2 && light2 ? [light1, dark1, light2, dark2, ...rest] : THEME;
}

const tinted = (color: Rgb, tint: number): Rgb =>
  color.map((part) => Math.round(tint < 0 ? part * (1 + tint) : part + (255 - part) * tint)) as unknown as Rgb;

/** A colour as an element says it. */
export function colorOf(element: XmlElement | undefined, theme: readonly Rgb[]): Rgb | undefined {
  const { rgb, theme: number, indexed, tint } = element?.attributes ?? {};
  const shade = Number(tint ?? 0);
  const base =
    rgbOf(rgb) ??
    (number === undefined ? undefined : theme[Number(number)]) ??
    (indexed === undefined
      ? undefined
      : rgbOf(INDEXED[Number(indexed) % 8 === Number(indexed) ? Number(indexed) : Number(indexed) - 8]));
  return base && Math.abs(shade) <= 1 ? tinted(base, shade) : base;
}

/** A font, of a style or of a run. */
export function fontOf(element: XmlElement | undefined, theme: readonly Rgb[]): Font {
  const align = valueAt(element, "vertAlign");
  const size = Number(valueAt(element, "sz") ?? PLAIN_FONT.size);
  return {
    struck: isOn(element, "strike"),
    raised: align === "superscript" || align === "subscript",
    color: colorOf(elementAt(element, "color"), theme) ?? BLACK,
    size: Number.isFinite(size) ? size : PLAIN_FONT.size,
    symbols: isSymbolFont(valueAt(element, "name") ?? valueAt(element, "rFont")),
  };
}

function groundOf(fill: XmlElement | undefined, theme: readonly Rgb[], change = false): Rgb | undefined {
  const pattern = elementAt(fill, "patternFill");
  if (!pattern) return fill && elementAt(fill, "gradientFill") ? undefined : WHITE;
  const type = pattern.attributes["patternType"] ?? (change ? "solid" : "none");
  if (type === "none") return WHITE;
  if (type !== "solid") return undefined;
  // A conditional format has its colour where others have that behind the pattern.
  return colorOf(elementAt(pattern, change ? "bgColor" : "fgColor"), theme);
}

const FILLED: Doubt = {
  kind: "other",
  words: { zh: "对齐方式是“填充”，显示的数字会重复", en: "the cell repeats its text to fill it" },
};

function doubtOf(xf: XmlElement, borders: readonly XmlElement[]): Doubt | undefined {
  if (elementAt(xf, "alignment")?.attributes["horizontal"] === "fill") return FILLED;
  const border = borders[Number(xf.attributes["borderId"] ?? 0)];
  const crosses = ["diagonalUp", "diagonalDown"].some((name) => /^(?:1|true)$/.test(border?.attributes[name] ?? ""));
  const style = elementAt(border, "diagonal")?.attributes["style"] ?? "none";
  return crosses && style !== "none" ? { kind: "crossed" } : undefined;
}

/** The styles of a workbook. */
export function workbookStyles(styles: XmlElement | undefined, themePart: XmlElement | undefined): WorkbookStyles {
  const theme = themeColors(themePart);
  const own = new Map(
    elementsOf(elementAt(styles, "numFmts"), "numFmt").map(({ attributes }) => [
      Number(attributes["numFmtId"]),
      formatSections(attributes["formatCode"] ?? ""),
    ]),
  );
  const fonts = elementsOf(elementAt(styles, "fonts"), "font").map((font) => fontOf(font, theme));
  const grounds = elementsOf(elementAt(styles, "fills"), "fill").map((fill) => groundOf(fill, theme));
  const borders = elementsOf(elementAt(styles, "borders"), "border");
  const formatOf = (id: number): NumberFormat => (own.has(id) ? own.get(id) : builtInFormat(id));
  return {
    theme,
    cells: elementsOf(elementAt(styles, "cellXfs"), "xf").map((xf): CellStyle => {
      const fill = Number(xf.attributes["fillId"] ?? 0);
      return {
        format: formatOf(Number(xf.attributes["numFmtId"] ?? 0)),
        font: fonts[Number(xf.attributes["fontId"] ?? 0)] ?? PLAIN_FONT,
        ground: fill in grounds ? grounds[fill] : WHITE,
        doubt: doubtOf(xf, borders),
      };
    }),
    changes: elementsOf(elementAt(styles, "dxfs"), "dxf").map((dxf): Change => {
      const [font, fill, format] = ["font", "fill", "numFmt"].map((name) => elementAt(dxf, name));
      return {
        formats: format !== undefined,
        format: format && formatSections(format.attributes["formatCode"] ?? ""),
        struck: isOn(font, "strike"),
        color: colorOf(elementAt(font, "color"), theme),
        ground: fill && groundOf(fill, theme, true),
      };
    }),
  };
}

/** Text of this size and below (points) is a speck. */
const SPECK = 2;

/** How a font marks text on a ground. */
export function markOf(font: Font, ground: Rgb | undefined): Mark {
  if (font.struck) return "struck";
  if (font.size <= SPECK || (ground && !isSeen(font.color, ground))) return "faint";
  return font.raised ? "raised" : "plain";
}
