/**
 * How a document of this system is known again: properties with what it does not show, and a digest of its text. A
 * document that was only opened and saved imports exactly; one that was edited is read as any other.
 */
import { createHash } from "node:crypto";
import type { Block } from "../../compose/blocks.ts";
import { signatureDate } from "../../compose/numerals.ts";
import { factsOf, type OwnFacts, type OwnItem } from "../own-facts.ts";

/** Properties are named under this. */
export const PREFIX = "nianbao:";
/** The styles that mark what no heading style does. */
export const TITLE = "Title";
export const SIGNATURE = "Signature";

/** The level of a heading in a document that has its title above: as in HTML. */
export const levelBelowTitle = (level: number): number => level + 1;

/** Word processors may part and join white space in cells; a blank paragraph is none. */
const cellText = (text: string): string => text.replace(/[\t\r\n ]+/g, " ");

function digest(texts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex");
}

function blockTexts(block: Block): string[] {
  switch (block.kind) {
    case "title":
      return block.lines.filter((line) => line.trim() !== "").map((line) => `1 ${line}`);
    case "heading":
      return [`${levelBelowTitle(block.level)} ${block.number}${block.text}`];
    case "paragraph":
      return block.text.trim() === "" ? [] : [`- ${block.text}`];
    case "table":
      return block.parts.flatMap(({ head, body }) =>
        [...head, ...body].flatMap(({ cells }) => cells.map(({ text }) => `| ${cellText(text)}`)),
      );
    case "signature":
      return [block.organ, block.date].map((line) => `s ${line}`);
  }
}

/** The digest of blocks that are to be rendered. */
export const blocksDigest = (blocks: readonly Block[]): string => digest(blocks.flatMap(blockTexts));

/** The digest of what was read. */
const itemsDigest = (items: readonly OwnItem[]): string =>
  digest(
    items.flatMap((item): string[] => {
      if (item.kind === "table") return [...new Set(item.grid.flat())].map((cell) => `| ${cellText(cell?.text ?? "")}`);
      return [`${item.role === "signature" ? "s" : (item.level ?? "-")} ${item.text}`];
    }),
  );

/** The facts that a document keeps as properties, if they are all there. */
export const factsKept = ({ organ, uscc, year, signed }: Readonly<Record<string, string>>): OwnFacts | undefined =>
  organ && signed && /^\d{4}$/.test(year ?? "") ? factsOf({ organ, uscc, year, signed }) : undefined;

/** Whether title and signature print the facts, and nothing was edited. */
export function isUntouched(
  { organ, year, signed }: OwnFacts,
  items: readonly OwnItem[],
  kept: Readonly<Record<string, string>>,
): boolean {
  const texts = items.flatMap((item) => (item.kind === "text" ? [item] : []));
  const title = texts.filter(({ level }) => level === 1).map(({ text }) => text);
  const signature = texts.filter(({ role }) => role === "signature").map(({ text }) => text);
  return (
    title[0] === organ &&
    title[1]?.startsWith(`${year}年`) === true &&
    signature[0] === organ &&
    signature[1] === signatureDate(signed) &&
    itemsDigest(items) === kept["text"]
  );
}
