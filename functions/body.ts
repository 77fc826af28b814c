import { ProblemError } from "./problem.ts";

/** 1 MiB: some three hundred thousand characters of narrative. */
export const MAX_BODY = 1024 * 1024;

const tooLarge = (): ProblemError =>
  new ProblemError({
    status: 413,
    title: "正文过大",
    titleEn: "Content Too Large",
    detail: `正文不能超过${MAX_BODY}字节（1 MiB）`,
    detailEn: `The body may have at most ${MAX_BODY} bytes (1 MiB)`,
  });

const incomplete = (): ProblemError =>
  new ProblemError({
    status: 400,
    title: "正文不完整",
    titleEn: "Incomplete body",
    detail: "正文没有传完，没有保存任何内容，请重试",
    detailEn: "The body ended early; nothing was stored, please try again",
  });

/** Reads no more than may be, whatever Content-Length says. */
async function readLimited(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!request.body) return new Uint8Array();
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > MAX_BODY) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    // A connection that broke off is no fault of ours.
    throw error instanceof ProblemError ? error : incomplete();
  }
  return Buffer.concat(chunks);
}

/** Throws a 415 unless the body comes as it is, and its media type will do. */
function expectMedia(request: Request, accepts: RegExp, detail: string, detailEn: string, accept: string): void {
  const sent = request.headers.get("content-type") ?? "";
  const type = sent.split(";")[0]?.trim().toLowerCase() ?? "";
  const charset = /charset="?([^";\s]+)/i.exec(sent)?.[1]?.toLowerCase() ?? "utf-8";
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (accepts.test(type) && charset === "utf-8" && encoding === "identity") return;
  throw new ProblemError(
    { status: 415, title: "不支持的媒体类型", titleEn: "Unsupported Media Type", detail, detailEn },
    { [request.method === "POST" ? "accept-post" : "accept"]: accept },
  );
}

/**
 * The bytes of a JSON body.
 * @throws ProblemError 413, 415
 */
export async function readJson(request: Request): Promise<Uint8Array> {
  expectMedia(
    request,
    /^application\/([a-z0-9.+-]+\+)?json$/,
    "请以 Content-Type: application/json（UTF-8，不压缩）提交",
    "Send Content-Type: application/json (UTF-8, no content encoding)",
    "application/json",
  );
  return readLimited(request);
}

/**
 * The bytes of a PNG.
 * @throws ProblemError 413, 415
 */
export async function readPng(request: Request): Promise<Uint8Array> {
  expectMedia(
    request,
    /^image\/png$/,
    "请以 Content-Type: image/png（不压缩）提交",
    "Send Content-Type: image/png (no content encoding)",
    "image/png",
  );
  return readLimited(request);
}
