import type { Context } from "hono";
import type { ImportOptions } from "../src/import/account.ts";
import { note } from "./answers.ts";
import type { Handlers } from "./bind.ts";
import { readBody } from "./body.ts";
import type { Env } from "./env.ts";
import { type Importer, ImporterBusyError, ImportLimitError, ReaderFaultError, UnreadableError } from "./importer.ts";
import type { AppOptions } from "./options.ts";
import { ProblemError } from "./problem.ts";
import { remembering } from "./request.ts";

/** What reading files needs: no store, since nothing is kept and nothing compared. */
export interface ImportsOptions extends Pick<AppOptions, "authenticate" | "log" | "publicUrl" | "requestId"> {
  readonly importer: Importer;
}

/** What whoever asks knows of the file. */
function optionsOf(c: Context<Env>): ImportOptions {
  const { year, ...texts } = c.get("query");
  return { ...texts, ...(year === undefined ? {} : { year: Number(year) }) };
}

const REPLACED = Buffer.from("\ufffd");

/**
 * API Gateway takes what comes as text for UTF-8, and puts U+FFFD for what is none before anything of ours sees it; it
 * leaves other types alone.
 * @throws ProblemError 400 when that has happened
 */
function expectUnspoilt(c: Context, bytes: Uint8Array): void {
  if (
    !/^text\/|xhtml|json/i.test(c.req.header("content-type") ?? "") ||
    !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(REPLACED)
  )
    return;
  throw new ProblemError({
    status: 400,
    title: "文字在路上丢了",
    titleEn: "Characters were lost on the way",
    detail: "文件里有U+FFFD。不是UTF-8编码的文件（如GBK的网页）请以 Content-Type: application/octet-stream 提交",
    detailEn:
      "The file has U+FFFD in it. Send files that are not UTF-8 (GBK pages) as Content-Type: application/octet-stream",
  });
}

/** What keeps a file from being read, as the problem that it is to whoever sent it. */
function problemOfFile(error: unknown): unknown {
  if (error instanceof UnreadableError)
    return new ProblemError({
      status: 400,
      title: "文件读不出来",
      titleEn: "The file cannot be read",
      detail: error.message,
      detailEn: error.messageEn,
    });
  if (error instanceof ImportLimitError)
    return new ProblemError({
      status: 422,
      title: "文件过于复杂",
      titleEn: "The file is too complex",
      detail: error.message,
      detailEn: error.messageEn,
    });
  if (error instanceof ImporterBusyError)
    return new ProblemError(
      {
        status: error.own ? 429 : 503,
        title: error.own ? "还有文件没有读完" : "正在读别的文件",
        titleEn: error.own ? "Files still being read" : "Busy with other files",
        detail: error.message,
        detailEn: error.messageEn,
      },
      { "retry-after": "10" },
    );
  return error;
}

/**
 * Making a report of a file that somebody has: read and checked in a process apart (`importer.process.ts`), whose answer is
 * passed on as it is, and kept nowhere.
 */
export function imports({ authenticate, log, importer }: ImportsOptions): Pick<Handlers, "importReport"> {
  const importReport = async (c: Context<Env>): Promise<Response> => {
    const { filer } = await remembering(c, authenticate)(c.req.header("authorization"));
    const options = optionsOf(c);
    const bytes = await readBody(c);
    expectUnspoilt(c, bytes);
    const { body, findings } = await importer(bytes, options, `${filer.issuer} ${filer.subject}`).catch(
      (error: unknown) => {
        if (error instanceof ReaderFaultError)
          log.fault(error, { requestId: c.get("requestId"), method: c.req.method, path: c.req.path });
        throw problemOfFile(error);
      },
    );
    note(c, { outcome: "imported", findings });
    return c.body(new Uint8Array(body), 200, { "content-type": "application/json" });
  };
  return { importReport };
}
