/** Rows of tables in plain text: as pipes, tabs, aligned columns, or one cell a line. */
import { isNote, NOTE_AMONG_LINES } from "../../form/label.ts";
import type { FormLabels } from "../../form/label-index.ts";
import type { SourceTable, SourceText } from "../document.ts";
import type { SourceCell } from "../source.ts";
import { isFigure } from "./figure-like.ts";

/** What one way of writing a table makes of the lines from one on: rows of texts, and the line after them. */
interface Run {
  readonly rows: readonly (readonly string[])[];
  readonly end: number;
  /** Whether they are a table: lines that are none are paragraphs, and not looked at again. */
  readonly table: boolean;
}

const isBlank = (line: string): boolean => line.trim() === "";
const PIPE = /[|｜│┃]/;
/** The line below the heads of a Markdown table, or a frame drawn of characters. */
const RULE = /^[\s|｜│┃:+\-=─━┼┌┐└┘├┤┬┴]+$/;
/** A cell has no more characters; the longest label of the form has 40. */
const LONGEST = 100;

const cells = (texts: readonly string[]): SourceCell[] => texts.map((text) => ({ text }));

/** Whether rows are a table's: a figure, or a blank where one may stand, is among them. */
const hasFigures = (rows: Run["rows"]): boolean => rows.some((row) => row.some((text) => isFigure(text)));

/** Rows whose cells are parted by pipes; blank lines between them part nothing. */
function pipeRows(lines: readonly string[], from: number): Run {
  const rows: string[][] = [];
  let end = from;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at]!;
    if (isBlank(line)) continue;
    if (!PIPE.test(line)) break;
    end = at + 1;
    if (RULE.test(line) && /[-=─━]/.test(line)) continue;
    const parts = line.trim().split(PIPE);
    if (parts[0]!.trim() === "") parts.shift();
    if (parts.length > 1 && parts.at(-1)!.trim() === "") parts.pop();
    rows.push(parts.map((part) => part.replace(/<br\s*\/?>/giu, "\n").trim()));
  }
  return { rows, end, table: rows.length > 0 };
}

/**
 * Cells that stand one a line, each with a tab before it, rows parted by blank lines, as a page's table comes out of a
 * clipboard: a line without a tab goes on with the cell above it, a line of nothing but a tab is a blank cell.
 */
function tabbedCells(lines: readonly string[], from: number, labels: FormLabels): Run {
  const rows: string[][] = [];
  let [row, end]: [string[], number] = [[], from];
  let strays: string[][] = [];
  let at = from;
  for (; at < lines.length; at += 1) {
    const line = lines[at]!;
    if (line.startsWith("\t")) {
      const texts = line.slice(1).trimEnd().split("\t");
      if (texts.some((text) => text.trim().length > LONGEST)) break;
      row.push(...texts.map((text) => text.trim()));
      end = at + 1;
    } else if (isBlank(line)) {
      if (row.length > 0) rows.push(row, ...strays);
      [row, strays] = [[], []];
    } else if (row.length > 0 && line.trim().length <= LONGEST && !labels.isTitle(line)) {
      const joined = `${row.at(-1)}\n${line.trim()}`;
      // A label is broken over lines, or has a note in brackets; any other text is none of the cell's.
      if (labels.isLabel(joined) || isNote(line.trim(), NOTE_AMONG_LINES) || isFigure(line))
        row[row.length - 1] = joined;
      else strays.push([line.trim()]);
      end = at + 1;
    } else break;
  }
  if (row.length > 0) rows.push(row, ...strays);
  return { rows, end, table: hasFigures(rows) && rows.length > 1 };
}

/** Where columns are parted in text that was aligned: two spaces, a wide one, or a tab. */
const GAP = /[ \u00a0]{2,}|\s*[\u3000\t]\s*/u;

/** A line that is a row of aligned columns: figures behind a label, or labels of the form beside each other. */
function alignedRow(line: string, labels: FormLabels): string[] | undefined {
  const parts = line.trim().split(GAP);
  if (parts.length < 2 || parts.some((part) => part.length > LONGEST)) return undefined;
  const figures = parts.filter((part) => isFigure(part)).length;
  if (figures > 0 && parts.slice(parts.length - figures).every((part) => isFigure(part))) return parts;
  return parts.every((part) => labels.isLabel(part)) ? parts : undefined;
}

/** Rows of aligned columns; a caption of the form may stand alone among them. */
function alignedRows(lines: readonly string[], from: number, labels: FormLabels): Run {
  const rows: string[][] = [];
  let end = from;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at]!;
    if (isBlank(line)) continue;
    const row = alignedRow(line, labels) ?? (labels.isLabel(line) && !labels.isTitle(line) ? [line.trim()] : undefined);
    if (!row) break;
    rows.push(row);
    end = at + 1;
  }
  return { rows, end, table: rows.filter((row) => row.length > 1).length > 1 && hasFigures(rows) };
}

function runFrom(lines: readonly string[], at: number, labels: FormLabels): Run {
  const line = lines[at]!;
  if (PIPE.test(line)) return pipeRows(lines, at);
  return line.startsWith("\t") ? tabbedCells(lines, at, labels) : alignedRows(lines, at, labels);
}

/** Lines of plain text as what a reader sees: tables where they are rows in one of the ways above, paragraphs elsewhere. */
export function textItems(lines: readonly string[], labels: FormLabels): (SourceText | SourceTable)[] {
  const items: (SourceText | SourceTable)[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    if (isBlank(line)) {
      at += 1;
      continue;
    }
    const run = runFrom(lines, at, labels);
    if (run.table) items.push({ kind: "table", grid: run.rows.map(cells) });
    else for (const text of lines.slice(at, Math.max(run.end, at + 1))) if (!isBlank(text)) items.push(paragraph(text));
    at = Math.max(run.end, at + 1);
  }
  return items;
}

/** A line as a paragraph; the marks of a Markdown heading are its level. */
function paragraph(line: string): SourceText {
  const text = line.replace(/[\t\r\n ]+/g, " ").trim();
  const heading = /^(#{1,6}) (.+?)\s*#*$/.exec(text);
  return heading ? { kind: "text", text: heading[2]!, level: heading[1]!.length } : { kind: "text", text };
}
