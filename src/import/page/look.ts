/** How an element of a page looks, by its tag, attributes and styles: as far as it matters for what is read. */
import type { Styles, Tree } from "./tree.ts";

/** Elements whose text goes on in the line of the text around them; any other begins and ends a line. */
export const INLINE: ReadonlySet<string> = new Set(
  "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark nobr o:p picture q rb rp rt ruby s samp select small span st1 strike strong sub sup svg time tt u var wbr button textarea object embed iframe canvas math video audio meter progress output".split(
    " ",
  ),
);

/** Text for machines, or of nothing that a page shows. */
const MACHINE: ReadonlySet<string> = new Set(
  "script style noscript template head title meta link base datalist map area param source track xml rp colgroup col option optgroup".split(
    " ",
  ),
);

export interface Look {
  /** Neither it nor what is in it is shown. */
  readonly gone: boolean;
  /** Its text is not shown; what is in it may be. */
  readonly invisible: boolean;
  /** Its text is very likely not to be seen: white on white, off the screen, of no size. */
  readonly faint: boolean;
  /** As `faint`, for all that is in it. */
  readonly sunk: boolean;
  readonly struck: boolean;
  readonly raised: boolean;
  /** It stands somewhere else than in its place. */
  readonly moved: boolean;
  /** Its characters are turned, mirrored or in another order. */
  readonly turned: boolean;
  /** It begins and ends a line. */
  readonly block: boolean;
  /** It has a number before it. */
  readonly numbered: boolean;
  /** Line breaks of the source are shown. */
  readonly pre: boolean;
  /** In px. */
  readonly size: number;
  readonly color: string;
  readonly background: string;
}

export const PLAIN: Look = {
  gone: false,
  invisible: false,
  faint: false,
  sunk: false,
  struck: false,
  raised: false,
  moved: false,
  turned: false,
  block: true,
  numbered: false,
  pre: false,
  size: 16,
  color: "0,0,0",
  background: "255,255,255",
};

const NAMED: Readonly<Record<string, string>> = {
  white: "255,255,255",
  black: "0,0,0",
  snow: "255,250,250",
  ivory: "255,255,240",
  ghostwhite: "248,248,255",
  whitesmoke: "245,245,245",
  floralwhite: "255,250,240",
  window: "255,255,255",
  canvas: "255,255,255",
  windowtext: "0,0,0",
  canvastext: "0,0,0",
  red: "255,0,0",
  blue: "0,0,255",
  yellow: "255,255,0",
  transparent: "none",
};

/** A colour as `r,g,b`, `none` if nothing is seen of it; as it is written where it has another form. */
function colorOf(written: string): string {
  const value = written.trim();
  const named = NAMED[value];
  if (named) return named;
  const hex = /^#?([0-9a-f]{3,8})$/.exec(value)?.[1];
  if (hex && hex.length !== 5 && hex.length !== 7) {
    const full = hex.length < 6 ? [...hex].map((digit) => digit + digit).join("") : hex;
    if (full.length === 8 && Number.parseInt(full.slice(6), 16) < 26) return "none";
    return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)).join(",");
  }
  const parts = /^(rgb|hsl)a?\(([^)]{1,60})\)$/.exec(value);
  if (!parts) return value;
  const numbers = parts[2]!.split(/[\s,/]+/).filter(Boolean);
  const alpha = numbers[3];
  if (alpha !== undefined && Number.parseFloat(alpha) / (alpha.endsWith("%") ? 100 : 1) < 0.1) return "none";
  if (parts[1] === "hsl") return Number.parseFloat(numbers[2] ?? "0") > 98 ? "255,255,255" : value;
  return numbers
    .slice(0, 3)
    .map((n) => Math.round(Number.parseFloat(n) * (n.endsWith("%") ? 2.55 : 1)))
    .join(",");
}

/** Whether one colour on the other is not seen. */
function blends(color: string, background: string): boolean {
  if (color === "none" || color === background) return true;
  const [a, b] = [color.split(",").map(Number), background.split(",").map(Number)];
  return a.length === 3 && b.length === 3 && a.every((value, i) => Math.abs(value - b[i]!) < 24);
}

/** A length in px; undefined where it is none. */
function px(value: string | undefined, size: number): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(px|pt|em|rem|ex|ch|%|vw|vh|cm|mm|in|pc)?$/.exec(value ?? "");
  if (!match) return undefined;
  const per: Readonly<Record<string, number>> = {
    pt: 4 / 3,
    em: size,
    rem: 16,
    ex: size / 2,
    ch: size / 2,
    "%": size / 100,
    vw: 12.8,
    vh: 8,
    cm: 38,
    mm: 3.8,
    in: 96,
    pc: 16,
  };
  return Number(match[1]) * (per[match[2] ?? ""] ?? 1);
}

const SIZES: Readonly<Record<string, number>> = { smaller: 13, larger: 19 };

function sizeOf(value: string | undefined, around: number): number {
  if (value === undefined) return around;
  return px(value, around) ?? SIZES[value] ?? 16;
}

/** As far from its place as nobody looks. */
const AWAY = 500;

type Get = (...names: readonly string[]) => string | undefined;

const none = (value: string | undefined): boolean =>
  value === undefined || /^(?:none|auto|static|normal|0)$/.test(value);

/** Whether styles take an element out of sight without saying so. */
function isSunk(get: Get, size: number): boolean {
  const far = ["left", "right", "top", "bottom", "text-indent", "margin-left", "margin-right", "margin-top", "margin"];
  const position = get("position");
  const placed = position !== undefined && position !== "static";
  if (far.some((name, i) => (i > 3 || placed) && Math.abs(px((get(name) ?? "").split(" ")[0], size) ?? 0) >= AWAY))
    return true;
  const opacity = get("opacity");
  const unit = opacity?.endsWith("%") ? 100 : 1;
  if (opacity !== undefined && Number.parseFloat(opacity) / unit < 0.15) return true;
  if (/rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01]/.test(get("clip") ?? "")) return true;
  if (/inset\(\s*(?:50|[6-9]\d|100)%|circle\(\s*0|polygon\(\s*0/.test(get("clip-path") ?? "")) return true;
  if (/opacity\(\s*0(?:%|\.0*)?\s*\)|blur\(/.test(get("filter") ?? "")) return true;
  if (/scale[xy]?\(\s*0(?:\.0\d*)?\s*[,)]|translate[xy]?\([^)]*-?\d{4}/.test(get("transform") ?? "")) return true;
  if (get("zoom") === "0" || get("scale") === "0" || get("content-visibility") === "hidden") return true;
  if (!none(get("-webkit-text-security"))) return true;
  const cut = /hidden|clip/.test(get("overflow", "overflow-x", "overflow-y") ?? "");
  return cut && ["width", "height", "max-height", "max-width"].some((name) => (px(get(name), size) ?? AWAY) <= 2);
}

function isMoved(get: Get, size: number): boolean {
  if (/absolute|fixed|sticky/.test(get("position") ?? "")) return true;
  if (get("position") === "relative" && ["left", "right"].some((name) => Math.abs(px(get(name), size) ?? 0) > 2))
    return true;
  if (
    /left|right/.test(get("float") ?? "") ||
    !none(get("order")) ||
    /reverse/.test(get("flex-direction", "flex-flow") ?? "")
  )
    return true;
  if ((px(get("margin-left"), size) ?? 0) < -2 || (px(get("margin-right"), size) ?? 0) < -2) return true;
  return (px(get("letter-spacing"), size) ?? 0) < -size / 4 || !none(get("translate"));
}

function isTurned(get: Get, tag: string, dir: string | undefined): boolean {
  const rtl = dir === "rtl" || get("direction") === "rtl";
  if (rtl && (tag === "bdo" || /override/.test(get("unicode-bidi") ?? ""))) return true;
  const transform = `${get("transform") ?? ""} ${get("rotate") ?? ""} ${get("scale") ?? ""}`;
  return /rotate|scale[xy]?\([^)]*-|matrix|-1|\ddeg|turn/.test(transform) || /-lr|-rl/.test(get("writing-mode") ?? "");
}

function isRaised(get: Get, tag: string, size: number): boolean {
  const align = get("vertical-align");
  if (/^(?:super|sub|text-top|text-bottom)$/.test(align ?? "")) return true;
  if (align !== undefined && Math.abs(px(align, size) ?? 0) > 2) return true;
  if (get("position") === "relative" && ["top", "bottom"].some((name) => Math.abs(px(get(name), size) ?? 0) > 2))
    return true;
  if (/super|sub/.test(get("font-variant-position", "mso-text-raise") ?? "")) return true;
  if (/^(?:sup|sub)$/.test(tag)) return align === undefined || align !== "baseline";
  return tag === "rt";
}

function isStruck(get: Get, tag: string): boolean {
  const decoration = get("text-decoration", "text-decoration-line");
  if (/^(?:s|strike|del)$/.test(tag)) return decoration !== "none";
  return /line-through/.test(decoration ?? "") || !none(get("text-line-through"));
}

/** How an element looks within what is around it. */
export function lookOf<N>(tree: Tree<N>, node: N, around: Look, styles: Styles = tree.styles(node)): Look {
  const tag = tree.name(node);
  const attribute = (name: string): string | undefined => tree.attribute(node, name);
  const { own } = styles;
  const get: Get = (...names) => {
    for (const name of names) {
      const value = own.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const display = get("display");
  const gone =
    MACHINE.has(tag) ||
    display === "none" ||
    get("mso-hide") === "all" ||
    (display === undefined && attribute("hidden") !== undefined) ||
    (tag === "input" && attribute("type")?.toLowerCase() === "hidden") ||
    (tag === "dialog" && attribute("open") === undefined);
  const visibility = get("visibility");
  const size = sizeOf(get("font-size") ?? get("font")?.match(/\d[\d.]*(?:px|pt|em|rem|%)/)?.[0], around.size);
  const ink = get("-webkit-text-fill-color", "color") ?? attribute("color")?.toLowerCase();
  const color = ink === undefined || ink === "inherit" ? around.color : colorOf(ink);
  const back = get("background-color", "background") ?? attribute("bgcolor")?.toLowerCase();
  const solid = back === undefined ? undefined : colorOf(back.split(/\s+(?![^(]*\))/)[0]!);
  const picture = /url\(|gradient/.test(`${back ?? ""} ${get("background-image") ?? ""}`);
  const background = picture
    ? "picture"
    : solid === undefined || /^(?:none|inherit|initial|unset)$/.test(solid)
      ? around.background
      : solid;
  const block = display === undefined ? !INLINE.has(tag) : !/^(?:inline|contents|ruby)/.test(display);
  const white = get("white-space");
  return {
    gone,
    invisible:
      visibility === undefined || visibility === "inherit"
        ? around.invisible
        : visibility !== "visible" && visibility !== "initial",
    sunk: around.sunk || isSunk(get, size),
    faint: size < 2 || blends(color, background),
    struck: around.struck || isStruck(get, tag),
    raised: around.raised || isRaised(get, tag, size),
    moved: around.moved || isMoved(get, size),
    turned: around.turned || isTurned(get, tag, attribute("dir")?.toLowerCase()),
    block,
    numbered:
      tag === "li"
        ? isNumbered(tree, node, get)
        : display === "list-item" && !none(get("list-style-type", "list-style")),
    pre: white === undefined ? tag === "pre" || around.pre : /^(?:pre|break-spaces)/.test(white),
    size,
    color,
    background,
  };
}

function isNumbered<N>(tree: Tree<N>, node: N, get: Get): boolean {
  const type = get("list-style-type", "list-style");
  if (type !== undefined) return !/^(?:none|disc|circle|square|inherit)/.test(type);
  const list = tree.parent(node);
  return (
    list !== undefined &&
    tree.name(list) === "ol" &&
    !/none/.test(tree.styles(list).own.get("list-style-type") ?? tree.styles(list).own.get("list-style") ?? "")
  );
}
