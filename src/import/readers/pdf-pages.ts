/** Opens a PDF and reads its pages, within limits. */
import { type PdfLimits, pdfjs, pdfjsResources } from "../../formats/pdf/pdfjs.ts";
import { ImportError } from "../import-error.ts";
import { layersOf } from "./pdf-layers.ts";
import { PageReader } from "./pdf-page.ts";
import type { Page } from "./pdf-parts.ts";
import { refuseUnread, withoutLies } from "./pdf-unread.ts";

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
