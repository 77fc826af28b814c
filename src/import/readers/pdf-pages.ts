/** Opens a PDF and reads its pages, within limits. */
import { type PdfLimits, pdfjs, pdfjsResources } from "../../formats/pdf/pdfjs.ts";
import { ImportError } from "../import-error.ts";
import { LYING } from "./pdf-font.ts";
import { layersOf } from "./pdf-layers.ts";
import { PageReader } from "./pdf-page.ts";
import type { Page } from "./pdf-parts.ts";

const MAX_PAGES = 300;
/** Operators and characters of one page; a full page of small print has some thousands. */
const MAX_OPERATORS = 300_000;
/** How long reading may take, ms; a page takes some 50. */
const MAX_TIME = 60_000;
/** What all streams together may unpack to, filter by filter, and what may be done with them (`scripts/pdfjs.ts`). */
export const PDF_LIMITS: PdfLimits = { bytes: 128 * 1024 * 1024, steps: 40_000_000 };

export const tooMuch = (): ImportError =>
  new ImportError(
    "这个PDF的内容过多，不像一份年度报告，未予读取",
    "This PDF has far more in it than a report and was not read",
  );

export const damaged = (): ImportError =>
  new ImportError("这个PDF已损坏，不能读取；请重新下载或导出", "This PDF is damaged; download or export it again");

function refuseUnread(pages: readonly Page[]): void {
  const sum = (of: (page: Page) => number): number => pages.reduce((total, page) => total + of(page), 0);
  const characters = pages.flatMap((page) => page.glyphs.filter((glyph) => /\S/u.test(glyph.text)));
  const images = sum((page) => page.images);
  const recognized = (characterCount: number, hidden: number): boolean => hidden > 0 && hidden > characterCount;
  const scanned = (page: Page): boolean =>
    page.images > 0 &&
    page.hidden > 20 &&
    recognized(page.glyphs.filter(({ text }) => /\S/u.test(text)).length, page.hidden);
  if (
    recognized(
      characters.length,
      sum((page) => page.hidden),
    ) ||
    pages.some(scanned)
  )
    throw new ImportError(
      "这个PDF是扫描件，其中的文字是机器识别的，可能有误，不能据以导入；请用原来的电子文件",
      "This PDF is a scan with recognized text, which may be wrong; use the document that it was made from",
    );
  if (characters.length === 0 || (images >= pages.length && characters.length < 20 * pages.length))
    throw new ImportError(
      "这个PDF是扫描件或图片，没有文字可以读取；请用原来的电子文件（Word、网页等），没有的请照着填报",
      "This PDF is a scan and has no text to read; use the document that it was made from, or fill the report in by hand",
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

/** A page with the digits of fonts doubted that lie about one of them. */
const withoutLies = (page: Page, liars: ReadonlySet<string>): Page =>
  liars.size === 0
    ? page
    : {
        ...page,
        glyphs: page.glyphs.map((glyph) =>
          liars.has(glyph.font ?? "") && /[\d０-９]/.test(glyph.text)
            ? { ...glyph, doubt: glyph.doubt ?? LYING }
            : glyph,
        ),
      };

/**
 * The pages of a PDF.
 * @throws ImportError when it cannot be read, is encrypted, a scan or too large
 */
export async function readPages(bytes: Uint8Array): Promise<{ readonly pages: Page[]; readonly title?: string }> {
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
      throw damaged();
    });
    if (document.numPages > MAX_PAGES)
      throw new ImportError(
        `这个PDF有${document.numPages}页，超过${MAX_PAGES}页，不像一份年度报告`,
        `This PDF has ${document.numPages} pages, more than ${MAX_PAGES}: not a report`,
      );
    const layers = await layersOf(document);
    const liars = new Set<string>();
    const read: Page[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      try {
        read.push(await new PageReader(page, OPS, layers, liars).read(MAX_OPERATORS));
      } catch (error) {
        if (error instanceof RangeError) throw tooMuch();
        throw error;
      }
      page.cleanup();
      if (performance.now() - began > MAX_TIME) throw tooMuch();
    }
    const pages = read.map((page) => withoutLies(page, liars));
    refuseUnread(pages);
    const { info } = await document.getMetadata();
    const title = (info as { readonly Title?: unknown }).Title;
    return { pages, ...(typeof title === "string" && title.trim() !== "" ? { title: title.trim() } : {}) };
  } finally {
    await task.destroy();
  }
}
