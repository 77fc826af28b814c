import { type Context, Hono } from "hono";
import type { ImportOptions } from "../src/import/account.ts";
import { note } from "./answers.ts";
import { audited, type Env } from "./audit.ts";
import { readFileBody } from "./body.ts";
import { type Importer, ImporterBusyError, ImportLimitError, ReaderFaultError, UnreadableError } from "./importer.ts";
import type { AppOptions } from "./options.ts";
import { ProblemError } from "./problem.ts";
import { badParameter, remembering, USCC, YEAR } from "./request.ts";

/** What reading files needs: no store, since nothing is kept and nothing compared. */
export interface ImportsOptions extends Pick<AppOptions, "authenticate" | "log" | "publicUrl" | "requestId"> {
  readonly importer: Importer;
}

/** What a parameter of the query may be, and how it is put into the options. */
const PARAMETERS: readonly {
  readonly name: keyof ImportOptions;
  readonly pattern: RegExp;
  readonly expected: readonly [string, string];
}[] = [
  {
    name: "name",
    pattern: /^.{1,255}$/su,
    expected: ["文件名，不超过255个字符", "a file name of at most 255 characters"],
  },
  { name: "uscc", pattern: USCC, expected: ["18位统一社会信用代码", "a credit code of 18 characters"] },
  { name: "organ", pattern: /^.{1,100}$/u, expected: ["机关全称，不超过100字", "a name of at most 100 characters"] },
  { name: "year", pattern: YEAR, expected: ["四位年度", "a year of four digits"] },
  { name: "signed", pattern: /^\d{4}-\d{2}-\d{2}$/, expected: ["日期，如 2026-01-26", "a date such as 2026-01-26"] },
];

/** What whoever asks knows of the file. @throws ProblemError 400 */
function optionsOf(c: Context): ImportOptions {
  const given = PARAMETERS.flatMap(({ name, pattern, expected: [zh, en] }): [string, string | number][] => {
    const value = c.req.query(name);
    if (value === undefined || value === "") return [];
    if (!pattern.test(value)) throw badParameter(`${name} 应为${zh}`, `${name} must be ${en}`);
    return [[name, name === "year" ? Number(value) : value]];
  });
  return Object.fromEntries(given);
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
export function imports({ authenticate, log, importer }: ImportsOptions): Hono<Env> {
  const app = new Hono<Env>();
  app.post("/imports", audited("import", log), async (c) => {
    const { filer } = await remembering(c, authenticate)(c.req.header("authorization"));
    const options = optionsOf(c);
    const bytes = await readFileBody(c.req.raw);
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
  });
  return app;
}
