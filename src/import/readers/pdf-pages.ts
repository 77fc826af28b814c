/** Opens a PDF and reads its pages, within limits. */
import { inflateSync } from "node:zlib";
import { pdfjs, pdfjsResources } from "../../render/pdf/pdfjs.ts";
import { ImportError } from "../import-error.ts";
import { type Page, PageReader } from "./pdf-page.ts";

const MAX_PAGES = 300;
/** Operators and characters of one page; a full page of small print has some thousands. */
const MAX_OPERATORS = 300_000;
/** How long reading may take, ms; a page takes some 50. */
const MAX_TIME = 60_000;
/** What one stream and all together may unpack to, bytes. */
const MAX_STREAM = 256 * 1024 * 1024;
const MAX_STREAMS = 1024 * 1024 * 1024;

const tooMuch = (): ImportError =>
  new ImportError(
    "这个PDF的内容过多，不像一份年度报告，未予读取",
    "This PDF has far more in it than a report and was not read",
  );

/** Refuses a file whose streams unpack to more than any report's would, before anything else unpacks them. */
function refuseBombs(bytes: Uint8Array): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = MAX_STREAMS;
  for (let at = buffer.indexOf("stream"); at >= 0; at = buffer.indexOf("stream", at + 6)) {
    const start = at + 6 + (buffer[at + 6] === 0x0d ? 1 : 0) + 1;
    // A zlib header (RFC 1950, 2.2): the method is deflate, and the two bytes are a multiple of 31.
    const header = start + 1 < buffer.length ? buffer.readUInt16BE(start) : 0;
    if ((header & 0x0f00) !== 0x0800 || header % 31 !== 0) continue;
    const end = buffer.indexOf("endstream", start);
    try {
      left -= inflateSync(buffer.subarray(start, end < 0 ? undefined : end), {
        maxOutputLength: Math.max(1, Math.min(left, MAX_STREAM)),
      }).length;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooMuch();
    }
  }
}

function refuseUnread(pages: readonly Page[]): void {
  const sum = (of: (page: Page) => number): number => pages.reduce((total, page) => total + of(page), 0);
  const characters = pages.flatMap((page) => page.glyphs.filter((glyph) => /\S/u.test(glyph.text)));
  const images = sum((page) => page.images);
  if (characters.length === 0 || (images >= pages.length && characters.length < 20 * pages.length))
    throw new ImportError(
      "这个PDF是扫描件或图片，没有文字可以读取；请用原来的电子文件（Word、网页等），没有的请照着填报",
      "This PDF is a scan and has no text to read; use the document that it was made from, or fill the report in by hand",
    );
  if (sum((page) => page.hidden) > characters.length / 2)
    throw new ImportError(
      "这个PDF是扫描件，其中的文字是机器识别的，可能有误，不能据以导入；请用原来的电子文件",
      "This PDF is a scan with recognized text, which may be wrong; use the document that it was made from",
    );
  const strange = characters.filter(
    (glyph) => /^[\p{Cc}\p{Cn}\p{Co}\ufffd]/u.test(glyph.text) && !/^[\uf000-\uf0ff]/.test(glyph.text),
  );
  const chinese = characters.filter((glyph) => /\p{Script=Han}/u.test(glyph.text));
  if (sum((page) => page.unknown) > 0 || strange.length > 0 || chinese.length < characters.length / 20)
    throw new ImportError(
      "这个PDF的字体没有说明各字形是什么字（复制出来是乱码），不能读取；请用原来的电子文件，或者另行导出PDF",
      "The fonts of this PDF do not say which characters their glyphs are; use the document that it was made from, or export it again",
    );
}

/**
 * The pages of a PDF.
 * @throws ImportError when it cannot be read, is encrypted, a scan or too large
 */
export async function readPages(bytes: Uint8Array): Promise<{ readonly pages: Page[]; readonly title?: string }> {
  refuseBombs(bytes);
  const { getDocument, OPS } = await pdfjs();
  const task = getDocument({
    data: new Uint8Array(bytes),
    ...pdfjsResources(),
    cMapPacked: true,
    useSystemFonts: false,
    disableFontFace: true,
    fontExtraProperties: true,
    isEvalSupported: false,
    maxImageSize: 1,
    verbosity: 0,
  });
  const began = performance.now();
  try {
    const document = await task.promise.catch((error: unknown) => {
      if (error instanceof Error && error.name === "PasswordException")
        throw new ImportError(
          "这个PDF设有打开密码；请取消密码后另存，再导入",
          "This PDF is protected by a password; save it without one",
        );
      throw new ImportError(
        "这个PDF已损坏，不能读取；请重新下载或导出",
        "This PDF is damaged; download or export it again",
      );
    });
    if (document.numPages > MAX_PAGES)
      throw new ImportError(
        `这个PDF有${document.numPages}页，超过${MAX_PAGES}页，不像一份年度报告`,
        `This PDF has ${document.numPages} pages, more than ${MAX_PAGES}: not a report`,
      );
    const pages: Page[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      try {
        pages.push(await new PageReader(page, OPS).read(MAX_OPERATORS));
      } catch (error) {
        if (error instanceof RangeError) throw tooMuch();
        throw error;
      }
      page.cleanup();
      if (performance.now() - began > MAX_TIME) throw tooMuch();
    }
    refuseUnread(pages);
    const { info } = await document.getMetadata();
    const title = (info as { readonly Title?: unknown }).Title;
    return { pages, ...(typeof title === "string" && title.trim() !== "" ? { title: title.trim() } : {}) };
  } finally {
    await task.destroy();
  }
}
