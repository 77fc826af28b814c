/** What one cell of a sheet shows, and why that may be no figure. */
import type { Doubt } from "../doubt.ts";
import type { SourceCell } from "../source.ts";
import { type Piece, seenCell, standIn } from "./cell-content.ts";
import { WHITE } from "./color.ts";
import { type CellStyle, markOf, PLAIN_FONT, type WorkbookStyles } from "./xlsx-look.ts";
import { piecesOf, type Run } from "./xlsx-strings.ts";
import { builtInFormat, shownNumber, textDoubt, unescaped } from "./xlsx-values.ts";
import type { XmlElement } from "./xml.ts";

/** What the cells of all sheets refer to. */
export interface Workbook {
  readonly strings: readonly (readonly Run[])[];
  readonly styles: WorkbookStyles;
  readonly from1904: boolean;
}

/** A cell as the part has it. */
export interface RawCell {
  readonly type: string;
  readonly style: number;
  /** Whether it has a rich value: a picture in the cell. */
  readonly rich: boolean;
  value: string;
  formula: string | undefined;
  shared: string | undefined;
  array: boolean;
  readonly inline: Run[];
  /** The properties of the run that is being read. */
  font?: XmlElement | undefined;
}

interface Shown {
  readonly cell: SourceCell;
  /** What it holds, where that is a number. */
  readonly number: number | undefined;
}

const PLAIN: CellStyle = { format: builtInFormat(0), font: PLAIN_FONT, ground: WHITE, doubt: undefined };
const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?\s*$/i;
const PICTURE = /(?:^|[^A-Z])(?:_xlfn\.)?(?:DISPIMG|IMAGE)\(/i;
const SYMBOLS: Doubt = {
  kind: "other",
  words: { zh: "用的是符号字体，显示的不是数字", en: "the font shows signs in place of digits" },
};

const doubted = (text: string, doubt: Doubt, number?: number): Shown => ({
  cell: { text: text.trim() === "" ? standIn(doubt) : text, doubt },
  number,
});

function ofText(runs: readonly Run[], style: CellStyle): Shown {
  const pieces = piecesOf(runs, style.font, style.ground);
  const symbols = runs.some(({ font }) => (font ?? style.font).symbols);
  const doubts = [textDoubt(style.format), symbols ? SYMBOLS : undefined, style.doubt].filter(
    (doubt) => doubt !== undefined,
  );
  return { cell: seenCell({ pieces, things: [], doubts }), number: undefined };
}

function ofNumber(value: string, style: CellStyle, from1904: boolean): Shown {
  if (!NUMBER.test(value)) return doubted(value, { kind: "reference" });
  const number = Number(value);
  if (!Number.isFinite(number)) return doubted(value, { kind: "reference" });
  const { text, doubt } = shownNumber(number, style.format, from1904);
  const mark = markOf(style.font, style.ground);
  const pieces: Piece[] = [{ text, mark }];
  const doubts = [doubt, style.font.symbols ? SYMBOLS : undefined, style.doubt].filter((one) => one !== undefined);
  const seen = seenCell({ pieces, things: [], doubts });
  // A zero that is not seen is a blank.
  if (number === 0 && seen.doubt?.kind === "hidden") return { cell: { text }, number };
  return { cell: seen, number };
}

/** What a cell shows. A formula that no program has calculated yet shows itself. */
export function shownCell(cell: RawCell, { strings, styles, from1904 }: Workbook): Shown {
  const { type, value, formula } = cell;
  const style = styles.cells[cell.style] ?? styles.cells[0] ?? PLAIN;
  if (cell.rich || PICTURE.test(formula ?? "") || /^\s*=_?\w*\.?DISPIMG\(/i.test(value))
    return doubted("", { kind: "thing", thing: "picture" });
  if (formula !== undefined && value === "" && type !== "str" && cell.inline.length === 0)
    return doubted(`=${formula.slice(0, 100)}`, { kind: "uncalculated" });
  switch (type) {
    case "s": {
      if (value.trim() === "") return { cell: { text: "" }, number: undefined };
      const runs = /^\s*\d{1,9}\s*$/.test(value) ? strings[Number(value)] : undefined;
      return runs ? ofText(runs, style) : doubted("", { kind: "reference" });
    }
    case "inlineStr":
      if (cell.inline.length === 0 && value.trim() !== "") return doubted(value, { kind: "reference" });
      return ofText(cell.inline, style);
    case "str":
      return ofText([{ text: unescaped(value) }], style);
    case "b":
      return doubted(value.trim() === "1" ? "TRUE" : "FALSE", {
        kind: "other",
        words: { zh: "这一格是逻辑值", en: "the cell holds a truth value" },
      });
    case "e":
      return doubted(value, { kind: "error", text: value.slice(0, 20) });
    case "d": {
      const date = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
      return ofText([{ text: date ? `${date[1]}年${Number(date[2])}月${Number(date[3])}日` : value }], style);
    }
    case "n":
      if (value.trim() !== "") return ofNumber(value, style, from1904);
      return ofText(cell.inline, style);
    default:
      return value.trim() === "" ? ofText(cell.inline, style) : doubted(value, { kind: "reference" });
  }
}
