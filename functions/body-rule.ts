const MIB = 1024 * 1024;

/** What a body must be to be read. */
export interface BodyRule {
  /** Bytes. */
  readonly limit: number;
  /** Media types in small letters; one that ends in `+json` stands for every such one. */
  readonly media: readonly string[];
  /** Whether it is text in UTF-8, and no other. */
  readonly utf8: boolean;
  /** What to send, as the 415 has it. */
  readonly expected: readonly [zh: string, en: string];
}

/** The kinds of file that a report is imported from; `application/octet-stream` leaves it to the content to tell. */
export const FILE_TYPES = [
  "text/html",
  "application/xhtml+xml",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "text/plain",
  "text/csv",
  "text/tab-separated-values",
  "application/pdf",
  "application/json",
  "application/octet-stream",
] as const;

/** 1 MiB: some three hundred thousand characters of narrative. */
export const JSON_BODY: BodyRule = {
  limit: MIB,
  media: ["application/json", "application/*+json"],
  utf8: true,
  expected: [
    "请以 Content-Type: application/json（UTF-8，不压缩）提交",
    "Send Content-Type: application/json (UTF-8, no content encoding)",
  ],
};

export const PNG_BODY: BodyRule = {
  limit: MIB,
  media: ["image/png"],
  utf8: true,
  expected: ["请以 Content-Type: image/png（不压缩）提交", "Send Content-Type: image/png (no content encoding)"],
};

/** 4 MiB, bytes of a file: Lambda takes 6 MB, in Base64. */
export const FILE_BODY: BodyRule = {
  limit: 4 * MIB,
  media: FILE_TYPES,
  utf8: false,
  expected: [
    "正文应为文件本身（不压缩），Content-Type 写文件的类型：网页、DOCX、XLSX、CSV、TSV、文本、PDF、JSON，或 application/octet-stream",
    "Send the file itself (no content encoding) under its Content-Type: HTML, DOCX, XLSX, CSV, TSV, text, PDF, JSON, or application/octet-stream",
  ],
};
