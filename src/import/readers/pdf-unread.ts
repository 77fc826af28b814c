/** Whether the text of pages is there to be read, and can be believed. */
import { ImportError } from "../import-error.ts";
import { LYING } from "./pdf-font.ts";
import type { Page } from "./pdf-parts.ts";

/**
 * Refuses pages whose text is not there, or cannot be believed.
 * @param what the format, as a message calls it
 * @throws ImportError for scans, recognized text, and fonts that do not say which characters their glyphs are
 */
export function refuseUnread(pages: readonly Page[], what = "PDF"): void {
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
      `这个${what}是扫描件，其中的文字是机器识别的，可能有误，不能据以导入；请用原来的电子文件`,
      `This ${what} is a scan with recognized text, which may be wrong; use the document that it was made from`,
    );
  if (characters.length === 0 || (images >= pages.length && characters.length < 20 * pages.length))
    throw new ImportError(
      `这个${what}是扫描件或图片，没有文字可以读取；请用原来的电子文件（Word、网页等），没有的请照着填报`,
      `This ${what} is a scan and has no text to read; use the document that it was made from, or fill the report in by hand`,
    );
  const strange = characters.filter(
    (glyph) => /^[\p{Cc}\p{Cn}\p{Co}\ufffd]/u.test(glyph.text) && !/^[\uf000-\uf0ff]/.test(glyph.text),
  );
  const chinese = characters.filter((glyph) => /\p{Script=Han}/u.test(glyph.text));
  if (sum((page) => page.unknown) > 0 || strange.length > 0 || chinese.length < characters.length / 20)
    throw new ImportError(
      `这个${what}的字体没有说明各字形是什么字（复制出来是乱码），不能读取；请用原来的电子文件，或者另行导出${what}`,
      `The fonts of this ${what} do not say which characters their glyphs are; use the document that it was made from, or export it again`,
    );
}

/** A page with the digits of fonts doubted that lie about one of them. */
export const withoutLies = (page: Page, liars: ReadonlySet<string>): Page =>
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
