import type { Context } from "hono";
import type { BodyRule } from "./body-rule.ts";
import type { Env } from "./env.ts";
import { ProblemError } from "./problem.ts";

const MIB = 1024 * 1024;

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
 * Checks the stated length of a body, before any of it is read.
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
function expectMedia(request: Request, { media, utf8, expected: { zh: detail, en: detailEn } }: BodyRule): void {
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
