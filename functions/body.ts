import { ParseError, parseJson } from "../src/parse/parse.ts";
import { problem } from "./problem.ts";

/** 1 MiB: some three hundred thousand characters of narrative. */
export const MAX_BODY = 1024 * 1024;

const tooLarge = (): Response =>
  problem({
    status: 413,
    title: "正文过大",
    titleEn: "Content Too Large",
    detail: `正文不能超过${MAX_BODY}字节（1 MiB）`,
    detailEn: `The body may have at most ${MAX_BODY} bytes (1 MiB)`,
  });

/** Reads no more than may be, whatever Content-Length says. */
async function readLimited(request: Request): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!request.body) return new Uint8Array();
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The request's body as bytes of one media type, or the problem with it. */
export async function readBytes(
  request: Request,
  type: string,
): Promise<{ readonly bytes: Uint8Array } | { readonly problem: Response }> {
  const sent = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (sent !== type || (request.headers.get("content-encoding") ?? "identity") !== "identity") {
    return {
      problem: problem({
        status: 415,
        title: "不支持的媒体类型",
        titleEn: "Unsupported Media Type",
        detail: `请以 Content-Type: ${type}（不压缩）提交`,
        detailEn: `Send Content-Type: ${type} (no content encoding)`,
      }),
    };
  }
  const bytes = Number(request.headers.get("content-length") ?? 0) > MAX_BODY ? undefined : await readLimited(request);
  return bytes ? { bytes } : { problem: tooLarge() };
}

/** The request's body as a JSON value, or the problem with it. */
export async function readJson(
  request: Request,
): Promise<{ readonly value: unknown } | { readonly problem: Response }> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const charset =
    /charset="?([^";\s]+)/i.exec(request.headers.get("content-type") ?? "")?.[1]?.toLowerCase() ?? "utf-8";
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (!/^application\/([a-z0-9.+-]+\+)?json$/.test(type) || charset !== "utf-8" || encoding !== "identity") {
    return {
      problem: problem(
        {
          status: 415,
          title: "不支持的媒体类型",
          titleEn: "Unsupported Media Type",
          detail: "请以 Content-Type: application/json（UTF-8，不压缩）提交",
          detailEn: "Send Content-Type: application/json (UTF-8, no content encoding)",
        },
        { "accept-post": "application/json" },
      ),
    };
  }
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY) return { problem: tooLarge() };
  const bytes = await readLimited(request);
  if (!bytes) return { problem: tooLarge() };
  try {
    return { value: parseJson(bytes) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { line, column } = error;
    return {
      problem: problem({
        status: 400,
        title: "不是JSON",
        titleEn: "Not JSON",
        detail: error.messageZh,
        detailEn: error.message,
        line,
        column,
      }),
    };
  }
}
