/** What stands in a cell of an office file, piece by piece, and what a person would read there. */
import { type Doubt, type Thing, thingName } from "../doubt.ts";
import { leftOut, type SourceCell } from "../source.ts";

/**
 * How a piece of text looks: `raised` as a note's mark, `shifted` off the line by a distance, `hidden` for certain,
 * `faint` as far as can be seen from the file (white on white, a point high), `ruby` over the text.
 */
export type Mark = "plain" | "struck" | "raised" | "shifted" | "hidden" | "deleted" | "faint" | "ruby";

export interface Piece {
  /** Paragraphs and lines are parted by `\n`; tabs are kept. */
  readonly text: string;
  readonly mark: Mark;
}

/** Everything that stands in a cell. */
export interface CellContent {
  readonly pieces: readonly Piece[];
  readonly things: readonly Thing[];
  /** What else keeps its digits from being read, an automatic number among them. */
  readonly doubts?: readonly Doubt[];
}

const NUMBER = /\p{N}/u;
/** A note's mark behind a figure: ① * 注1 [1], or one digit. */
const NOTE = /^(?:[①-⑳⑴-⒇*＊※†‡§#]+|[[［(（〔]\d{1,2}[\]］)）〕]|注\d{0,2}|[1-9])$/u;
/** Lines that belong to the figure above them. */
const COUNTER = /^(?:件次|人次|件|项|个|条|次|宗|份|起|例|部|元|万元|亿元)$/u;
const isBlank = (text: string): boolean => text.trim() === "";
const has = (text: string): boolean => NUMBER.test(text);

const joined = (pieces: readonly Piece[], ...marks: readonly Mark[]): string =>
  pieces
    .filter(({ mark }) => marks.includes(mark))
    .map(({ text }) => text)
    .join("");

/** Whether the pieces of a mark stand together before or behind everything plain. */
function apart(pieces: readonly Piece[], mark: Mark): boolean {
  const order = pieces.filter((piece) => !isBlank(piece.text) && (piece.mark === mark || piece.mark === "plain"));
  const turns = order.filter((piece, i) => i > 0 && piece.mark !== order[i - 1]!.mark).length;
  return turns === 1;
}

/** Whether lines or tabs part what a cell says, and its digits with it. */
function parted(text: string): boolean {
  const parts = text.split(/[\n\r\t]/).filter((part) => !isBlank(part));
  return parts.length > 1 && has(text) && parts.slice(1).some((part) => !COUNTER.test(part.trim()));
}

function struckDoubt(pieces: readonly Piece[], plain: string): Doubt | undefined {
  const struck = joined(pieces, "struck");
  if (!has(struck) || (has(plain) && apart(pieces, "struck"))) return undefined;
  return { kind: "struck" };
}

function raisedDoubt(pieces: readonly Piece[], plain: string): Doubt | undefined {
  const raised = joined(pieces, "raised").trim();
  const over = joined(pieces, "shifted", "ruby");
  const any = raised !== "" || over.trim() !== "";
  if (!any || !has(plain + raised + over)) return undefined;
  if (has(over)) return { kind: "raised" };
  if (raised === "") return undefined;
  // 10 with a small 3 may be a thousand.
  const power = /^[1-9]$/.test(raised) && plain.trim() === "10";
  const last =
    pieces.findLast((piece) => !isBlank(piece.text) && piece.mark !== "hidden" && piece.mark !== "deleted")?.mark ===
    "raised";
  return NOTE.test(raised) && has(plain) && last && !power && apart(pieces, "raised") ? undefined : { kind: "raised" };
}

function hiddenDoubt(pieces: readonly Piece[], plain: string): Doubt | undefined {
  if (has(joined(pieces, "faint"))) return { kind: "hidden" };
  return isBlank(plain) && !isBlank(joined(pieces, "hidden", "deleted")) ? { kind: "hidden" } : undefined;
}

/** Digits off the line are plain where all that is seen is. */
const settled = (pieces: readonly Piece[]): readonly Piece[] =>
  pieces.some(({ mark, text }) => !isBlank(text) && mark !== "shifted" && mark !== "hidden" && mark !== "deleted")
    ? pieces
    : pieces.map((piece): Piece => (piece.mark === "shifted" ? { ...piece, mark: "plain" } : piece));

/** What a person sees of a cell: its text, or why it is not to be taken for a figure. */
export function seenCell({ pieces: all, things, doubts = [] }: CellContent): SourceCell {
  const pieces = settled(all);
  const plain = joined(pieces, "plain");
  const struck = joined(pieces, "struck");
  const doubt: Doubt | undefined =
    (things[0] === undefined ? undefined : { kind: "thing", thing: things[0] }) ??
    struckDoubt(pieces, plain) ??
    raisedDoubt(pieces, plain) ??
    hiddenDoubt(pieces, plain) ??
    (parted(joined(pieces, "plain", "raised", "shifted")) ? { kind: "lines" } : undefined) ??
    (has(plain) ? doubts[0] : undefined);
  const marks: Mark[] = ["plain", "faint", "shifted"];
  if (doubt) marks.push("raised");
  else if (!has(plain)) marks.push("raised");
  if (isBlank(plain) || doubt?.kind === "struck") marks.push("struck");
  const text = joined(pieces, ...marks);
  const unseen = leftOut({
    hidden: doubt?.kind === "hidden" ? "" : joined(pieces, "hidden"),
    struck: marks.includes("struck") ? "" : struck,
    mark: marks.includes("raised") ? "" : joined(pieces, "raised"),
  });
  return doubt ? { text: isBlank(text) ? standIn(doubt) : text, doubt, ...unseen } : { text, ...unseen };
}

/** A cell as a table has it: the lines of a label are one, those of figures stay apart. */
export const tableCell = (cell: SourceCell): SourceCell =>
  has(cell.text) || !/[\t\r\n]| {2}/.test(cell.text) ? cell : { ...cell, text: cell.text.replace(/[\t\r\n ]+/g, " ") };

/** Whether a text has digits. */
export const hasDigits = (text: string): boolean => has(text);

/** What stands in the place of the text where a cell with a doubt has none. */
export const standIn = (doubt: Doubt): string =>
  doubt.kind === "thing"
    ? `［${thingName(doubt.thing).zh}］`
    : doubt.kind === "hidden"
      ? "［看不见的文字］"
      : "［不能读取］";

/** What a paragraph outside of figures says: what is struck or not seen is left out, raised digits do not join others. */
export function seenText(pieces: readonly Piece[]): { readonly text: string; readonly unseen: readonly string[] } {
  const unseen = joined(pieces, "hidden", "struck", "faint");
  let text = "";
  for (const [i, { text: own, mark }] of pieces.entries()) {
    if (mark === "plain" || mark === "shifted") text += own;
    else if (mark === "raised") {
      const beside = /\p{N}$/u.test(text) || /^\p{N}/u.test(pieces[i + 1]?.text ?? "");
      text += has(own) && beside ? `［${own}］` : own;
    }
  }
  return { text, unseen: isBlank(unseen) ? [] : [unseen] };
}
