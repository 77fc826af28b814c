import { ProblemError } from "./problem.ts";

const MIB = 1024 * 1024;
/** 1 MiB: some three hundred thousand characters of narrative. */
export const MAX_BODY = MIB;
/** 4 MiB, bytes of a file: Lambda takes 6 MB, in Base64. */
export const MAX_FILE = 4 * MIB;

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

/** Reads no more than may be, whatever Content-Length says. */
async function readLimited(request: Request, most = MAX_BODY): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge(most);
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
function expectMedia(
  request: Request,
  accepts: RegExp,
  detail: string,
  detailEn: string,
  accept: string,
  anyCharset = false,
): void {
  const sent = request.headers.get("content-type") ?? "";
  const type = sent.split(";")[0]?.trim().toLowerCase() ?? "";
  const charset = /charset="?([^";\s]+)/i.exec(sent)?.[1]?.toLowerCase() ?? "utf-8";
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (accepts.test(type) && (anyCharset || charset === "utf-8") && encoding === "identity") return;
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

/**
 * The bytes of a file.
 * @throws ProblemError 413, 415
 */
export async function readFileBody(request: Request): Promise<Uint8Array> {
  expectMedia(
    request,
    new RegExp(`^(${FILE_TYPES.map((type) => type.replace(/[.+]/g, "\\$&")).join("|")})$`),
    "正文应为文件本身（不压缩），Content-Type 写文件的类型：网页、DOCX、XLSX、CSV、TSV、文本、PDF、JSON，或 application/octet-stream",
    "Send the file itself (no content encoding) under its Content-Type: HTML, DOCX, XLSX, CSV, TSV, text, PDF, JSON, or application/octet-stream",
    FILE_TYPES.join(", "),
    true,
  );
  return readLimited(request, MAX_FILE);
}
