import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** A piece of text at its place: pt, origin at the page's top left. */
export interface Piece {
  readonly page: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

/** Every piece of text of a PDF, in the order of the file. */
export async function readPieces(
  pdf: Uint8Array,
): Promise<{ pages: number; pieces: Piece[]; info: Record<string, unknown> }> {
  const document = await getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 }).promise;
  const pieces: Piece[] = [];
  for (let page = 1; page <= document.numPages; page += 1) {
    const { items } = await (await document.getPage(page)).getTextContent();
    for (const item of items) {
      if (!("str" in item) || item.str.trim() === "") continue;
      const [, , , scale = 0, x = 0, y = 0] = item.transform as number[];
      pieces.push({ page, text: item.str, x, y: 841.89 - y, width: item.width, size: scale });
    }
  }
  const { info } = await document.getMetadata();
  const pages = document.numPages;
  await document.destroy();
  return { pages, pieces, info: info as Record<string, unknown> };
}

/** Pieces on one baseline, left to right; baselines top to bottom. */
export function lines(pieces: readonly Piece[]): Piece[][] {
  const rows: Piece[][] = [];
  for (const piece of [...pieces].sort((a, b) => a.page - b.page || a.y - b.y || a.x - b.x)) {
    const row = rows.at(-1);
    if (row?.[0] && row[0].page === piece.page && Math.abs(row[0].y - piece.y) < 1.5) row.push(piece);
    else rows.push([piece]);
  }
  return rows.map((row) => row.sort((a, b) => a.x - b.x));
}
