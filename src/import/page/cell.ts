/** The reading of a cell of a page: what is seen in it, and why that may be no figure. */
import type { Doubt, Thing } from "../doubt.ts";
import { thingName } from "../doubt.ts";
import { leftOut, type SourceCell } from "../source.ts";
import { type Look, lookOf } from "./look.ts";
import type { Tree } from "./tree.ts";

/** What stands in a cell besides text. */
const THINGS: Readonly<Record<string, Thing>> = {
  img: "picture",
  picture: "picture",
  input: "control",
  select: "control",
  textarea: "control",
  button: "control",
  meter: "control",
  progress: "control",
  svg: "drawing",
  math: "equation",
  canvas: "canvas",
  iframe: "frame",
  frame: "frame",
  object: "workbook",
  embed: "workbook",
  audio: "media",
  video: "media",
  table: "table",
  "v:shape": "drawing",
  "v:imagedata": "picture",
};

/** What kind of thing an element is; none where it is of text. */
export const thingOf = (tag: string): Thing | undefined => THINGS[tag];

/** How a piece of a cell's text is shown. */
type Way = "seen" | "struck" | "raised" | "linked" | "hidden" | "faint" | "moved";

interface Piece {
  readonly text: string;
  readonly way: Way;
}

/** What was found in a cell while it was walked. */
interface Found {
  readonly pieces: Piece[];
  readonly things: Set<Thing>;
  numbered: boolean;
  turned: boolean;
  added: boolean;
}

const wayOf = (look: Look, linked: boolean): Way => {
  if (look.invisible) return "hidden";
  if (look.sunk || look.faint) return "faint";
  if (look.struck) return "struck";
  if (look.raised) return linked ? "linked" : "raised";
  return look.moved ? "moved" : "seen";
};

/** A picture of a pixel, which pages are spaced with. */
function isSpacer<N>(tree: Tree<N>, node: N): boolean {
  const of = (name: string): number => Number.parseFloat(tree.attribute(node, name) ?? "9");
  return tree.name(node) === "img" && (of("width") <= 1 || of("height") <= 1);
}

/** All text below a node, whatever it is for. */
function rawText<N>(tree: Tree<N>, node: N): string {
  const parts: string[] = [];
  const walk = (of: N): void => {
    if (tree.name(of) === "#text") parts.push(tree.text(of));
    else for (const child of tree.children(of)) walk(child);
  };
  walk(node);
  return parts.join("");
}

function walkCell<N>(tree: Tree<N>, cell: N, around: Look): Found {
  const found: Found = { pieces: [], things: new Set(), numbered: false, turned: false, added: false };
  const put = (text: string, way: Way): void => void found.pieces.push({ text, way });
  const walk = (node: N, look: Look, linked: boolean): void => {
    const tag = tree.name(node);
    if (tag === "#text") {
      const text = tree.text(node);
      put(look.pre ? text : text.replace(/[\t\r\n\f ]+/g, " "), wayOf(look, linked));
      return;
    }
    if (tag.startsWith("#")) return;
    const styles = tree.styles(node);
    const own = lookOf(tree, node, look, styles);
    if (own.gone) {
      if (!/^(?:script|style|template|head|title)$/.test(tag)) put(rawText(tree, node), "hidden");
      return;
    }
    const thing = THINGS[tag];
    if (thing) {
      if (!isSpacer(tree, node) && !own.invisible && !own.sunk) found.things.add(thing);
      return;
    }
    found.numbered ||= own.numbered;
    found.turned ||= own.turned;
    found.added ||= styles.added === true;
    const breaks = own.block || tag === "br" || tag === "hr";
    if (breaks) put("\n", "seen");
    for (const child of tree.children(node))
      walk(child, own, linked || (tag === "a" && tree.attribute(node, "href") !== undefined));
    if (breaks) put("\n", "seen");
  };
  const styles = tree.styles(cell);
  const own = lookOf(tree, cell, around, styles);
  found.turned = own.turned;
  found.added = styles.added === true;
  // A cell that is moved or floats is moved as a whole; how it stands on its line is no raising.
  const look: Look = { ...own, moved: around.moved, raised: around.raised };
  for (const child of tree.children(cell)) walk(child, look, false);
  return found;
}

/** Runs of white space as one space or one break; none at the ends. */
function tidied(text: string): string {
  const single = text.replace(/[ \n]+/g, (run) => (run.includes("\n") ? "\n" : run));
  let [from, to] = [0, single.length];
  while (from < to && /[ \n]/.test(single[from]!)) from += 1;
  while (to > from && /[ \n]/.test(single[to - 1]!)) to -= 1;
  return single.slice(from, to);
}

const isBlank = (text: string): boolean => /^[\s\u200b\u00ad]*$/u.test(text);
/** What may be of a figure, or change one. */
const FIGURE = /[\p{N}.,，．+\-−－—–]/u;
/** The mark of a note. */
const MARK =
  /^[\s[\]【】()（）〔〕注]*(?:[*＊※†‡#]+|[①-⑳]|[[【(（〔]\s*注?\s*\d{1,2}\s*[\])】）〕]|注\s*\d{0,2})[\s]*$/u;

/** Whether a raised text is the mark of a note and nothing else. */
export const isMark = (text: string): boolean => text.length < 12 && MARK.test(text);

const textOf = (pieces: readonly Piece[], ...ways: readonly Way[]): string =>
  tidied(
    pieces
      .filter(({ way }) => ways.includes(way))
      .map(({ text }) => text)
      .join(""),
  );

/** Whether struck text is plainly an old figure beside the one that holds: apart from it, or about as long. */
function isOldFigure(pieces: readonly Piece[], seen: string, struck: string): boolean {
  if (struck.includes("\n") || seen.includes("\n")) return false;
  const marks = pieces.filter(({ text, way }) => text !== "" && (way === "seen" || way === "struck"));
  const touching = marks.some(({ text, way }, i) => {
    const next = marks[i + 1];
    return next && next.way !== way && FIGURE.test(text.at(-1)!) && FIGURE.test(next.text[0]!);
  });
  const runs = marks.filter(({ way }, i) => way === "struck" && marks[i - 1]?.way !== "struck").length;
  const at = marks.findIndex(({ way }) => way === "struck");
  const outer = at === 0 || marks.at(-1)!.way === "struck";
  if (runs > 1 || !outer) return false;
  return !touching || (struck.length > 1 && Math.abs(struck.length - seen.length) <= 1);
}

const HIDDEN_TEXT = "［看不见的文字］";

function decide(found: Found): SourceCell {
  const { pieces } = found;
  const seen = textOf(pieces, "seen", "moved");
  const [raised, struck] = [textOf(pieces, "raised", "linked"), textOf(pieces, "struck")];
  const [hidden, faint] = [textOf(pieces, "hidden"), textOf(pieces, "faint")];
  const text = isBlank(seen) ? raised || struck || (isBlank(hidden + faint) ? "" : HIDDEN_TEXT) : seen;
  const doubtful = (doubt: Doubt, of = text): SourceCell => ({ text: isBlank(of) ? HIDDEN_TEXT : of, doubt });
  const [thing] = found.things;
  if (thing)
    return doubtful(
      { kind: "thing", thing },
      text === HIDDEN_TEXT || text === "" ? `［${thingName(thing).zh}］` : text,
    );
  if (found.added) return doubtful({ kind: "other", words: ADDED }, text || `［${ADDED.zh}］`);
  if (isBlank(seen)) {
    if (!isBlank(raised)) return doubtful({ kind: "raised" });
    if (!isBlank(struck)) return doubtful({ kind: "struck" });
    return isBlank(hidden) && isBlank(faint) ? { text: seen } : doubtful({ kind: "hidden" });
  }
  const figures = FIGURE.test(seen) || seen.length < 4;
  if (!figures) return { text: textOf(pieces, "seen", "moved", "raised", "linked") };
  if (found.turned) return doubtful({ kind: "other", words: TURNED });
  if (found.numbered) return doubtful({ kind: "numbered" });
  const moved = textOf(pieces, "moved");
  if (FIGURE.test(moved) && !isBlank(textOf(pieces, "seen"))) return doubtful({ kind: "overlap" });
  if (FIGURE.test(faint)) return doubtful({ kind: "hidden" });
  if (!isBlank(raised)) {
    const plain = pieces.every(
      ({ text: of, way }) => way === "linked" || way !== "raised" || isBlank(of) || isMark(of),
    );
    if (!plain) return doubtful({ kind: "raised" });
  }
  if (FIGURE.test(struck) && !isOldFigure(pieces, seen, struck)) return doubtful({ kind: "struck" });
  return { text: seen, ...leftOut({ hidden: hidden + faint, mark: raised, struck }) };
}

const ADDED = { zh: "页面的样式在这一格里加了内容", en: "the page's styles put something into the cell" };
const TURNED = { zh: "文字被转过、翻过或倒过来排", en: "the characters are turned, mirrored or in reverse order" };

/** Reads a cell. */
export function readPageCell<N>(tree: Tree<N>, cell: N, around: Look): SourceCell {
  return decide(walkCell(tree, cell, around));
}
