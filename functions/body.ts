import type { Context } from "hono";
import { IMPORTED } from "../src/formats/registry.ts";
import type { Env } from "./audit.ts";
import { ProblemError } from "./problem.ts";

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

/** The media types that a report is imported from; `application/octet-stream` leaves it to the content to tell. */
export const FILE_TYPES: readonly string[] = [
  ...IMPORTED.flatMap(({ mediaTypes }) => mediaTypes),
  "application/octet-stream",
];
const labelled = (language: 0 | 1, separator: string): string =>
  IMPORTED.map(({ label }) => label[language]).join(separator);

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
    `正文应为文件本身（不压缩），Content-Type 写文件的类型：${labelled(0, "、")}，或 application/octet-stream`,
    `Send the file itself (no content encoding) under its Content-Type: ${labelled(1, ", ")}, or application/octet-stream`,
  ],
};

const tooLarge = (most: number): ProblemError =>
  new ProblemError({
    status: 413,
    title: "正文过大",
    titleEn: "Content Too Large",
    detail: `正文不能超过${most}字节（${most / MIB} MiB）`,
    detailEn: `The body may have at most ${most} bytes (${most / MIB} MiB)`,
  });

export const incomplete = (): ProblemError =>
  new ProblemError({
    status: 400,
    title: "正文不完整",
    titleEn: "Incomplete body",
    detail: "正文没有传完，没有保存任何内容，请重试",
    detailEn: "The body ended early; nothing was stored, please try again",
  });

/**
 * Looks at what a body says of its length, before any of it is read.
 * @throws ProblemError 413
 */
export function expectLength(request: Request, { limit }: BodyRule): void {
  const stated = request.headers.get("content-length");
  if (stated !== null && !(Number(stated) <= limit)) throw tooLarge(limit);
}

/** Reads no more than may be, whatever Content-Length says. */
async function readLimited(request: Request, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!request.body) return new Uint8Array();
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > most) throw tooLarge(most);
      chunks.push(chunk);
    }
  } catch (error) {
    // A connection that broke off is no fault of ours.
    throw error instanceof ProblemError ? error : incomplete();
  }
  return Buffer.concat(chunks);
}

/** Throws a 415 unless the body comes as it is, and its media type will do. */
function expectMedia(request: Request, { media, utf8, expected: [detail, detailEn] }: BodyRule): void {
  const sent = request.headers.get("content-type") ?? "";
  const type = sent.split(";")[0]?.trim().toLowerCase() ?? "";
  const charset = /charset="?([^";\s]+)/i.exec(sent)?.[1]?.toLowerCase() ?? "utf-8";
  const encoding = request.headers.get("content-encoding") ?? "identity";
  const known =
    media.includes(type) ||
    (media.includes("application/*+json") && /^application\/(?:[a-z0-9.-]+\+)+json$/.test(type));
  if (known && (!utf8 || charset === "utf-8") && encoding === "identity") return;
  const accept = media.filter((name) => !name.includes("*")).join(", ");
  throw new ProblemError(
    { status: 415, title: "不支持的媒体类型", titleEn: "Unsupported Media Type", detail, detailEn },
    { [request.method === "POST" ? "accept-post" : "accept"]: accept },
  );
}

/**
 * The body of a request, as its route has it.
 * @throws ProblemError 413, 415, 400 when it ended early
 */
export async function readBody(c: Context<Env>): Promise<Uint8Array> {
  const rule = c.get("route").body;
  if (!rule) throw new Error(`${c.get("route").operation} takes no body`);
  expectMedia(c.req.raw, rule);
  return readLimited(c.req.raw, rule.limit);
}
