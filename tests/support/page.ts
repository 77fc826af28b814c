import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Block } from "../../src/compose/blocks.ts";
import { CELLS, HEIGHT, LEFT, LINES, PAGE_HEIGHT, PITCH, TOP, WIDTH } from "../../src/typeset/grid.ts";

/** A run of text as a reader of the PDF sees it: pt, origin at the page's top left, `y` the baseline. */
interface Item {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

const NO_START = /^[，。、；：？！）》”’〕】·…—.,;:!?)\]}%％]/u;
const NO_END = /[（《“‘〔【([{]$/u;
const blank = (text: string): string => text.replace(/\s/gu, "");
/** Full-width characters count one, Latin letters and digits a half, as a typist counts. */
const cells = (text: string): number =>
  [...blank(text)].reduce((sum, c) => sum + (c.codePointAt(0)! < 0x2000 ? 0.5 : 1), 0);

async function itemsOf(pdf: Uint8Array): Promise<Item[][]> {
  const task = getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 });
  const document = await task.promise;
  const pages: Item[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const content = await (await document.getPage(number)).getTextContent({ disableNormalization: true });
    const items: Item[] = [];
    for (const item of content.items) {
      if (!("str" in item) || item.str === "") continue;
      const [, , , size = 0, x = 0, y = 0] = item.transform as number[];
      items.push({ text: item.str, x, y: PAGE_HEIGHT - y, width: item.width, size });
    }
    pages.push(items);
  }
  await task.destroy();
  return pages;
}

/** What is wrong with a document's pages by GB/T 9704—2012 and the rules of Chinese text; empty when nothing is. */
export async function pageFaults(pdf: Uint8Array, blocks: readonly Block[]): Promise<string[]> {
  const faults: string[] = [];
  const pages = await itemsOf(pdf);
  let body = "";
  let table = "";
  let spaces = 0;
  const firstBaseline = TOP + (PITCH - 16) / 2 + 0.88 * 16;
  const paragraphs = blocks.filter((b) => b.kind === "paragraph").map((b) => blank(b.text));
  const headings = new Set(blocks.flatMap((b) => (b.kind === "heading" ? [blank(b.number + b.text)] : [])));

  for (const [index, items] of pages.entries()) {
    const say = (fault: string): number => faults.push(`page ${index + 1}: ${fault}`);
    const number = items.filter((i) => i.size === 14);
    const shown = number
      .map((i) => i.text)
      .join("")
      .replace(/\s/g, "");
    if (shown !== `—${index + 1}—`) say(`page number “${shown}”`);
    const [left, right] = [number[0]?.x ?? 0, (number.at(-1)?.x ?? 0) + (number.at(-1)?.width ?? 0)];
    if (index % 2 === 0 ? Math.abs(LEFT + WIDTH - 14 - right) > 1 : Math.abs(left - LEFT - 14) > 1)
      say(`page number at ${left}–${right}`);
    const text = items.filter((i) => i.size !== 14);
    for (const item of text) {
      if (item.x < LEFT - 0.5 || item.x + item.width > LEFT + WIDTH + 0.8)
        if (blank(item.text) !== "") say(`“${item.text}” leaves the type area: ${item.x}–${item.x + item.width}`);
      if (item.y < TOP || item.y > TOP + HEIGHT) say(`“${item.text}” at ${item.y}`);
    }
    const lines = new Map<number, Item[]>();
    for (const item of text.filter((i) => i.size === 16)) {
      const line = (item.y - firstBaseline) / PITCH;
      if (Math.abs(line - Math.round(line)) > 0.01) say(`“${item.text}” stands off the grid: line ${line}`);
      lines.set(Math.round(line), [...(lines.get(Math.round(line)) ?? []), item]);
    }
    if ([...lines.keys()].some((line) => line < 0 || line >= LINES)) say("more than 22 lines");
    for (const [, line] of lines) {
      const joined = line
        .map((i) => i.text)
        .join("")
        .trimEnd();
      if (cells(joined) > CELLS) say(`${cells(joined)} characters on a line: ${joined}`);
      if (NO_START.test(joined) && !paragraphs.some((p) => p.startsWith(blank(joined))))
        say(`a line begins with ${joined}`);
      if (NO_END.test(joined) && !paragraphs.some((p) => p.endsWith(blank(joined)))) say(`a line ends with ${joined}`);
    }
    const numbers = [...lines.keys()].sort((a, b) => a - b);
    const lastLine = numbers.at(-1);
    const lastText =
      lastLine === undefined
        ? ""
        : blank(
            lines
              .get(lastLine)!
              .map((i) => i.text)
              .join(""),
          );
    const tabled = text.some((i) => i.size < 14);
    if (!tabled && headings.has(lastText) && index + 1 < pages.length) say(`ends with the heading ${lastText}`);
    // A page of running text is full where the next one goes on with text that could have stood on it.
    const next = pages[index + 1]?.filter((i) => i.size !== 14) ?? [];
    const nextFirst = next[0];
    const goesOn = nextFirst !== undefined && nextFirst.size === 16 && index + 2 < pages.length;
    const nextLine = goesOn
      ? blank(
          next
            .filter((i) => Math.abs(i.y - nextFirst.y) < 1)
            .map((i) => i.text)
            .join(""),
        )
      : "";
    if (!tabled && goesOn && ![...headings].some((h) => h.startsWith(nextLine))) {
      if (lastLine !== LINES - 1) say(`has ${(lastLine ?? -1) + 1} lines, and the text goes on`);
      if (index > 0 && numbers.length !== LINES) say(`${numbers.length} baselines on a full page`);
    }
    for (const item of text) {
      if (item.size === 16 || item.size === 22) {
        body += blank(item.text);
        spaces += item.text.length - blank(item.text).length;
      } else if (blank(item.text) !== "续表") table += blank(item.text);
    }
    if (index > 0 && tabled && text[0]!.size < 14 && blank(text[0]!.text) !== "续表")
      say("a table goes on without 续表");
  }

  const wanted: string[] = [];
  let wantedTable = "";
  for (const block of blocks) {
    if (block.kind === "title") wanted.push(...block.lines);
    else if (block.kind === "heading") wanted.push(block.number + block.text);
    else if (block.kind === "paragraph") wanted.push(block.text);
    else if (block.kind === "signature") wanted.push(block.organ, block.date);
    else
      for (const part of block.parts)
        for (const row of [...part.head, ...part.body]) for (const cell of row.cells) wantedTable += blank(cell.text);
  }
  const expected = wanted.map(blank).join("");
  if (body !== expected) {
    const at = [...body].findIndex((c, i) => c !== [...expected][i]);
    faults.push(`text differs at ${at}: “${body.slice(at, at + 20)}” for “${expected.slice(at, at + 20)}”`);
  }
  if (table !== wantedTable) faults.push("the tables' text differs from the form's");
  const written = wanted.join("").length - expected.length;
  if (spaces > written) faults.push(`${spaces} spaces are read where ${written} were written`);
  return faults;
}
