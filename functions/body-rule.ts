import type { Message } from "../src/basics/finding.ts";
import { IMPORTED, listed } from "../src/formats/registry.ts";

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
  readonly expected: Message;
}

/** The media types that a report is imported from; `application/octet-stream` leaves it to the content to tell. */
export const FILE_TYPES: readonly string[] = [
  ...IMPORTED.flatMap(({ mediaTypes }) => mediaTypes),
  "application/octet-stream",
];
const FILES = listed(IMPORTED);

/** 1 MiB: some three hundred thousand characters of narrative. */
export const JSON_BODY: BodyRule = {
  limit: MIB,
  media: ["application/json", "application/*+json"],
  utf8: true,
  expected: {
    zh: "请以 Content-Type: application/json（UTF-8，不压缩）提交",
    en: "Send Content-Type: application/json (UTF-8, no content encoding)",
  },
};

/** 4 MiB: more organs than a province has. */
export const ROSTER_BODY: BodyRule = { ...JSON_BODY, limit: 4 * MIB };

export const PNG_BODY: BodyRule = {
  limit: MIB,
  media: ["image/png"],
  utf8: true,
  expected: {
    zh: "请以 Content-Type: image/png（不压缩）提交",
    en: "Send Content-Type: image/png (no content encoding)",
  },
};

/** 4 MiB, bytes of a file: Lambda takes 6 MB, in Base64. */
export const FILE_BODY: BodyRule = {
  limit: 4 * MIB,
  media: FILE_TYPES,
  utf8: false,
  expected: {
    zh: `正文应为文件本身（不压缩），Content-Type 写文件的类型：${FILES.zh}，或 application/octet-stream`,
    en: `Send the file itself (no content encoding) under its Content-Type: ${FILES.en}, or application/octet-stream`,
  },
};
