/** What @types/pdfmake leaves out: the document that pdfmake's renderer writes to, a pdfkit document. */
declare module "pdfmake/js/PDFDocument.js" {
  import type { Readable } from "node:stream";

  /** An indirect object: an object may refer to it before it is ended. */
  export interface PDFReference {
    readonly id: number;
    data: Record<string, unknown>;
    compress: boolean;
    offset: number;
    write(chunk: Uint8Array | string): void;
    end(chunk?: Uint8Array | string): void;
  }
  export interface PDFPage {
    readonly dictionary: PDFReference;
    readonly fonts: Record<string, PDFReference>;
    write(chunk: Uint8Array | string): void;
  }
  export interface PDFOutline {
    addItem(title: string, options: { pageNumber: number; top: number; expanded?: boolean }): PDFOutline;
  }
  export class PDFDocument extends Readable {
    constructor(
      fonts: Record<string, never>,
      images: Record<string, never>,
      patterns: Record<string, never>,
      attachments: Record<string, never>,
      options: Record<string, unknown>,
    );
    readonly page: PDFPage;
    readonly info: Record<string, unknown>;
    readonly outline: PDFOutline;
    readonly _root: PDFReference;
    _info: PDFReference;
    _id: Buffer;
    _offset: number;
    _offsets: (number | null)[];
    ref(data?: Record<string, unknown>): PDFReference;
    addPage(): this;
    addContent(operators: string): this;
    image(src: Buffer, x: number, y: number, options: { width: number; height: number }): this;
    file(src: Buffer, options: Record<string, unknown>): PDFReference;
    end(): void;
    _write(data: Uint8Array | string): void;
    _finalize(): void;
    endMetadata(): void;
    endMarkings(): void;
  }
  /** CommonJS: what Node sees as the default export holds the class. */
  const module: { readonly default: typeof PDFDocument };
  // biome-ignore lint/style/noDefaultExport: the library's, not ours
  export default module;
}
