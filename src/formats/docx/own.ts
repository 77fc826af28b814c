/**
 * How a document of this system is known again: properties with what it does not show, and a digest of its text. A
 * document that was only opened and saved imports exactly; one that was edited is read as any other.
 */
import { createHash } from "node:crypto";
import type { Block } from "../../compose/blocks.ts";

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

/** What a reader found in a document: paragraphs and tables. */
type ReadItem =
  | { readonly kind: "table"; readonly grid: readonly (readonly ({ readonly text: string } | undefined)[])[] }
  | { readonly kind: "text"; readonly text: string; readonly level?: number; readonly role?: "signature" };

/** The digest of what was read. */
export const itemsDigest = (items: readonly ReadItem[]): string =>
  digest(
    items.flatMap((item): string[] => {
      if (item.kind === "table") return [...new Set(item.grid.flat())].map((cell) => `| ${cellText(cell?.text ?? "")}`);
      return [`${item.role === "signature" ? "s" : (item.level ?? "-")} ${item.text}`];
    }),
  );
