import type { FaceName } from "../../basics/faces.ts";
import { PAGE_HEIGHT } from "../../typeset/grid.ts";
import type { Page, Rule, Run } from "../../typeset/page.ts";
import { DocumentFont } from "./document-font.ts";

/** Room between characters from which a reader of the file may see a space or an overlap, in thousandths of an em. */
const VISIBLE = 60;
/** A last character may reach this far beyond its place, in thousandths of an em. */
const OVERHANG = 20;
/** Differences in place that are not worth an operator, in thousandths of an em. */
const TOLERANCE = 2;

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** The room that every character of a run gets besides its own advance, pt: the middle one of all. */
function tracking({ text, x, size }: Run, font: DocumentFont): number {
  if (text.length < 2) return 0;
  const rooms: number[] = [];
  for (let i = 0; i + 1 < text.length; i += 1)
    rooms.push(x[i + 1]! - x[i]! - (font.advance(font.cid(text[i]!)) * size) / 1000);
  rooms.sort((a, b) => a - b);
  const middle = rooms[rooms.length >> 1]!;
  return Math.abs(middle) > 0.1 * size ? 0 : round(middle);
}

/** A run's characters for TJ, with corrections where they do not stand where their advances put them. */
function glyphs({ text, x, size }: Run, font: DocumentFont, spacing: number): string {
  let out = "<";
  let open = true;
  let before = 0;
  // How far the pen is ahead of where the next character belongs, pt.
  let ahead = 0;
  for (let i = 0; i < text.length; i += 1) {
    const plain = font.cid(text[i]!);
    const own = (font.advance(plain) * size) / 1000 + spacing;
    const last = i + 1 === text.length;
    let after = 0;
    let next = 0;
    const room = ((x[i + 1]! - x[i]! - own) / size) * 1000;
    // What a mark at a line's end loses of its blank would otherwise stand out of the type area.
    const ends = last && room < -OVERHANG;
    if (ends || Math.abs(room) > VISIBLE || room + (spacing / size) * 1000 > VISIBLE + 20) {
      const stepped = DocumentFont.room(room);
      // A gap after a Han character goes to the narrow one that follows: ten digits instead of a thousand characters.
      if (!last && stepped > 0 && font.advance(plain) >= 900 && font.advance(font.cid(text[i + 1]!)) < 900)
        next = stepped;
      else after = stepped;
    }
    const cid = before === 0 && after === 0 ? plain : font.cid(text[i]!, before, after);
    if (!open) {
      out += "<";
      open = true;
    }
    out += DocumentFont.hex(cid);
    if (!last) {
      ahead += own + ((after + next) * size) / 1000 - (x[i + 1]! - x[i]!);
      const correction = (ahead / size) * 1000;
      if (Math.abs(correction) > TOLERANCE) {
        const value = Math.round(correction);
        out += `>${value}`;
        open = false;
        ahead -= (value * size) / 1000;
      }
    }
    before = next;
  }
  return open ? `${out}>` : out;
}

/** A condensed run as it were without that: Tz narrows all that is shown (ISO 32000-1, 9.3.4). */
function uncondensed(run: Run): Run {
  const { condensed = 1, x } = run;
  return condensed === 1 ? run : { ...run, x: x.map((at) => x[0]! + (at - x[0]!) / condensed) };
}

/** Rules of one width in one path. */
function strokes(rules: readonly Rule[]): string {
  const widths = new Map<number, string[]>();
  for (const { x1, y1, x2, y2, width } of rules) {
    const lines = widths.get(width) ?? [];
    if (lines.length === 0) widths.set(width, lines);
    lines.push(`${round(x1)} ${round(PAGE_HEIGHT - y1)} m ${round(x2)} ${round(PAGE_HEIGHT - y2)} l`);
  }
  return [...widths].map(([width, lines]) => `${width} w\n${lines.join("\n")}\nS`).join("\n");
}

/** What a page's content is: operators, and the structure leaf of each marked-content identifier (MCID). */
export interface PageContent {
  readonly operators: string;
  readonly leaves: number[];
}

/** Operators in the coordinates of PDF (y upwards); the caller has undone any other. */
export function pageContent(
  page: Page,
  fontOf: (face: FaceName) => DocumentFont,
  nameOf: (face: FaceName) => string,
): PageContent {
  const out: string[] = [];
  const leaves: number[] = [];
  if (page.rules.length > 0) out.push("/Artifact BMC", strokes(page.rules), "EMC");
  let face: FaceName | undefined;
  let size = 0;
  let spacing = 0;
  let condensed = 1;
  let [px, py] = [0, 0];
  let mark: number | "artifact" | undefined;
  out.push("BT");
  for (const placed of page.runs) {
    const run = uncondensed(placed);
    const wanted = run.leaf ?? "artifact";
    if (wanted !== mark) {
      if (mark !== undefined) out.push("EMC");
      if (wanted === "artifact") out.push(run.watermark ? "/Artifact BMC" : "/Artifact <</Type /Pagination>> BDC");
      else {
        out.push(`/Span <</MCID ${leaves.length}>> BDC`);
        leaves.push(wanted);
      }
      mark = wanted;
    }
    const font = fontOf(run.face);
    if (run.face !== face || run.size !== size) {
      out.push(`/${nameOf(run.face)} ${round(run.size)} Tf`);
      face = run.face;
      size = run.size;
    }
    if ((run.condensed ?? 1) !== condensed) {
      condensed = run.condensed ?? 1;
      out.push(`${round(condensed * 100)} Tz`);
    }
    const own = tracking(run, font);
    if (own !== spacing) {
      out.push(`${own} Tc`);
      spacing = own;
    }
    const [x, y] = [round(run.x[0]!), round(PAGE_HEIGHT - run.y)];
    if (run.watermark) {
      const middle = (run.x[0]! + run.x[run.x.length - 1]!) / 2;
      const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
      const [dx, dy] = [x - middle, -0.38 * run.size];
      const origin = [middle + dx * c - dy * s, PAGE_HEIGHT / 2 + dx * s + dy * c].map(round);
      out.push(`0.86 g ${round(c)} ${round(s)} ${round(-s)} ${round(c)} ${origin.join(" ")} Tm`);
      out.push(`[${glyphs(run, font, spacing)}] TJ`, "0 g 1 0 0 1 0 0 Tm");
      [px, py] = [0, 0];
      continue;
    }
    out.push(`${round(x - px)} ${round(y - py)} Td`);
    [px, py] = [x, y];
    const shown = glyphs(run, font, spacing);
    out.push(shown.indexOf(">") === shown.length - 1 ? `${shown} Tj` : `[${shown}] TJ`);
  }
  if (mark !== undefined) out.push("EMC");
  out.push("ET");
  return { operators: out.join("\n"), leaves };
}
