/** A file for readers. */
export interface PageFile {
  /** Relative to the public root. */
  readonly path: string;
  readonly body: string | Uint8Array;
  readonly contentType: string;
}

export const HTML = "text/html; charset=utf-8";
export const JSON_TYPE = "application/json; charset=utf-8";
export const CSV = "text/csv; charset=utf-8";
