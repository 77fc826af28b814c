/** The number of pages that a PDF's page tree counts (ISO 32000-1, 7.7.3); 0 when it does not say. */
export async function pageCount(pdf: Uint8Array): Promise<number> {
  const file = latin1(pdf);
  for (const text of [file, ...(await objectStreams(pdf, file))]) {
    const found = /\/Type\s*\/Pages\s*\/Count\s+(\d+)/.exec(text);
    if (found) return Number(found[1]);
  }
  return 0;
}

const latin1 = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes);

/** The objects that lie compressed in streams (7.5.7). */
function objectStreams(pdf: Uint8Array, file: string): Promise<string[]> {
  const found = file.matchAll(/\/Type\s*\/ObjStm[^>]*?\/Length\s+(\d+)[^>]*>>\s*stream\r?\n/g);
  return Promise.all(
    [...found].map(async ({ 0: head, 1: length, index }) => {
      const start = index + head.length;
      const packed = new Blob([new Uint8Array(pdf.subarray(start, start + Number(length)))]);
      const stream = packed.stream().pipeThrough(new DecompressionStream("deflate"));
      return latin1(new Uint8Array(await new Response(stream).arrayBuffer()));
    }),
  ).catch(() => []);
}
