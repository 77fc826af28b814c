/** How a run of text looks, as far as it matters whether and where it is seen (ISO/IEC 29500-1, 17.3.2). */
import type { Mark } from "./cell-content.ts";
import { BLACK, isSeen, isSymbolFont, type Rgb, rgbOf, WHITE } from "./color.ts";
import { elementAt, elementsOf, isOn, valueAt, type XmlElement } from "./xml.ts";

/** What properties say; a key that is missing says nothing. */
export interface Look {
  readonly struck?: boolean;
  readonly hidden?: boolean;
  readonly raised?: boolean;
  /** Half points off the line. */
  readonly position?: number;
  /** Half points. */
  readonly size?: number;
  /** Twips between characters. */
  readonly spacing?: number;
  readonly color?: Rgb | "auto" | "none";
  /** What is behind the text; `auto` is whatever is behind that. */
  readonly ground?: Rgb | "auto";
  readonly font?: string;
  /** Two lines in one. */
  readonly combined?: boolean;
}

/** The colours of highlights that text may vanish in (17.18.40). */
const HIGHLIGHTS: Readonly<Record<string, string>> = {
  black: "000000",
  white: "FFFFFF",
  red: "FF0000",
  blue: "0000FF",
  green: "00FF00",
  yellow: "FFFF00",
  cyan: "00FFFF",
  magenta: "FF00FF",
  darkBlue: "000080",
  darkCyan: "008080",
  darkGreen: "008000",
  darkMagenta: "800080",
  darkRed: "800000",
  darkYellow: "808000",
  darkGray: "808080",
  lightGray: "C0C0C0",
};

/** The ground that a shading gives: its fill, or its pattern's colour where that is solid. */
export function groundOf(properties: XmlElement | undefined): Rgb | "auto" | undefined {
  const shading = elementAt(properties, "shd");
  if (!shading) return undefined;
  const { fill, val, color } = shading.attributes;
  return (val === "solid" ? (rgbOf(color) ?? BLACK) : rgbOf(fill)) ?? "auto";
}

function colorOf(properties: XmlElement): Look["color"] {
  const fill = elementAt(properties, "textFill");
  if (elementAt(fill, "noFill")) return "none";
  const solid = elementsOf(elementAt(fill, "solidFill"))[0];
  if (solid && Number(valueAt(solid, "alpha")) >= 90_000) return "none";
  const drawn = rgbOf(solid?.attributes["val"]);
  if (drawn) return drawn;
  const color = elementAt(properties, "color")?.attributes;
  if (!color) return undefined;
  const theme = /^(?:background1|light1|bg1|lt1)$/.test(color["themeColor"] ?? "") ? WHITE : undefined;
  return rgbOf(color["val"]) ?? theme ?? "auto";
}

const numberOf = (value: string | undefined): number | undefined =>
  value !== undefined && /^[+-]?\d{1,6}(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
const toggle = (properties: XmlElement, ...names: readonly string[]): boolean | undefined =>
  names.some((name) => elementAt(properties, name)) ? names.some((name) => isOn(properties, name)) : undefined;

/** What a run's properties say, and a paragraph's of the ground. */
export function lookFrom(properties: XmlElement | undefined, paragraph?: XmlElement): Look {
  const look: { -readonly [key in keyof Look]?: Look[key] } = {};
  const ground = groundOf(paragraph);
  if (ground) look.ground = ground;
  if (!properties || properties.children.length === 0) return look;
  const highlight = rgbOf(HIGHLIGHTS[valueAt(properties, "highlight") ?? ""]) ?? groundOf(properties);
  if (highlight) look.ground = highlight;
  const struck = toggle(properties, "strike", "dstrike");
  if (struck !== undefined) look.struck = struck;
  const hidden = toggle(properties, "vanish", "specVanish");
  if (hidden !== undefined) look.hidden = hidden;
  const align = valueAt(properties, "vertAlign");
  if (align !== undefined) look.raised = align !== "baseline";
  const position = numberOf(valueAt(properties, "position"));
  if (position !== undefined) look.position = position;
  const size = numberOf(valueAt(properties, "sz"));
  if (size !== undefined) look.size = size;
  const spacing = numberOf(valueAt(properties, "spacing"));
  if (spacing !== undefined) look.spacing = spacing;
  const color = colorOf(properties);
  if (color) look.color = color;
  const fonts = elementAt(properties, "rFonts")?.attributes;
  const font = fonts?.["ascii"] ?? fonts?.["hAnsi"];
  if (font !== undefined) look.font = font;
  const combined = elementAt(properties, "eastAsianLayout")?.attributes["combine"];
  if (combined !== undefined) look.combined = /^(?:1|true|on)$/.test(combined);
  return look;
}

/** Looks over one another, the last on top. */
export const merged = (...looks: readonly Look[]): Look => Object.assign({}, ...looks) as Look;

/** The look of a run: what its styles turn on and on again is off (17.7.3); what it says itself holds. */
export function runLook(defaults: Look, styles: readonly Look[], own: Look): Look {
  const turned = (key: "struck" | "hidden"): boolean =>
    own[key] ?? (defaults[key] === true || styles.filter((style) => style[key]).length % 2 === 1);
  return { ...merged(defaults, ...styles, own), struck: turned("struck"), hidden: turned("hidden") };
}

/** Smaller type than this is no text (half points), and closer characters lie over one another (twips). */
const SPECK = 4;
const CLOSE = -60;

/** How a look marks text that stands on a ground. */
export function markOf(look: Look, ground: Rgb): Mark {
  if (look.hidden) return "hidden";
  if (look.struck) return "struck";
  const behind = look.ground === undefined || look.ground === "auto" ? ground : look.ground;
  if (look.color === "none" || (look.size !== undefined && look.size <= SPECK)) return "faint";
  if (typeof look.color === "object" && !isSeen(look.color, behind)) return "faint";
  if (look.raised) return "raised";
  return look.position ? "shifted" : "plain";
}

/** What keeps digits of a look from being read. */
export function lookDoubt(look: Look): "symbols" | "overlap" | "combined" | undefined {
  if (isSymbolFont(look.font)) return "symbols";
  if (look.combined) return "combined";
  return look.spacing !== undefined && look.spacing <= CLOSE ? "overlap" : undefined;
}
