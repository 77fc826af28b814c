import type { Context } from "hono";
import { actsFor, type Caller } from "../src/authenticate/caller.ts";
import { draftOf } from "../src/check/draft.ts";
import { check } from "../src/filing/check.ts";
import { receive } from "../src/filing/context.ts";
import { handleFiling } from "../src/filing/file.ts";
import { preview } from "../src/filing/preview.ts";
import { sealOption } from "../src/filing/seal.ts";
import { latestRecord } from "../src/publish/publish.ts";
import { proofKey } from "../src/sequence/keys.ts";
import { note, receiptAnswer, receiptFor, remarks, unprocessable } from "./answers.ts";
import { ruleIds } from "./audit.ts";
import type { Handlers } from "./bind.ts";
import type { Env } from "./env.ts";
import type { AppOptions } from "./options.ts";
import { notFound, ProblemError } from "./problem.ts";
import { contextOf, flagOf, placeOf, remembering, requestOf } from "./request.ts";

/** Bytes: Lambda answers at most 6 MB, in Base64. */
const MAX_PREVIEW = 4 * 1024 * 1024;

const tooLarge = (size: number): ProblemError =>
  new ProblemError({
    status: 422,
    title: "预览过大",
    titleEn: "The preview is too large",
    detail: `排成的PDF有${size}字节，超过预览的上限${MAX_PREVIEW}字节（4 MiB）；可以公布，不能预览`,
    detailEn: `The PDF has ${size} bytes, and a preview may have ${MAX_PREVIEW} (4 MiB); it can be published, not previewed`,
  });

/** Publishing a report, only checking or only looking at it, and what is published. */
export function reports(options: AppOptions): Pick<Handlers, "publishReport" | "previewReport" | "getReport"> {
  const { store, fonts, publicUrl, keepsLog = false } = options;

  const publishReport = async (c: Context<Env>): Promise<Response> => {
    const context = contextOf(c, options);
    if (!flagOf(c, "dryRun")) {
      const filed = await handleFiling({ kind: "original" }, requestOf(c), context);
      return receiptAnswer(c, filed, "original", options);
    }
    note(c, { action: "check" });
    const { value } = await receive(requestOf(c), context);
    const checked = await check(value, options);
    const { findings, unexplained } = checked;
    note(c, { findings: ruleIds(findings) });
    if (!checked.report) throw unprocessable(checked, "original");
    note(c, { outcome: "checked" });
    return c.json({ valid: true, findings, unexplained, ...remarks(checked) });
  };

  /** A seal is shown to those who act for its organ. */
  const sealFor = async (caller: Caller, uscc: string) => (actsFor(caller, uscc) ? sealOption(store, uscc) : {});

  const previewReport = async (c: Context<Env>): Promise<Response> => {
    const draft = flagOf(c, "draft");
    const { caller, value } = await receive(requestOf(c), contextOf(c, options));
    let pdf: Uint8Array;
    if (draft) {
      const made = draftOf(value);
      if ("findings" in made) throw unprocessable(made, "original");
      const report = made.draft;
      pdf = await preview({ report, draft, ...(await sealFor(caller, report.organ.uscc)) }, fonts);
    } else {
      const checked = await check(value, options);
      note(c, { findings: ruleIds(checked.findings) });
      const { report } = checked;
      if (!report) throw unprocessable(checked, "original");
      pdf = await preview({ report, draft, ...(await sealFor(caller, report.organ.uscc)) }, fonts);
    }
    if (pdf.length > MAX_PREVIEW) throw tooLarge(pdf.length);
    note(c, { outcome: "previewed" });
    return c.body(new Uint8Array(pdf), 200, { "content-type": "application/pdf" });
  };

  const getReport = async (c: Context<Env>): Promise<Response> => {
    const { uscc, year } = placeOf(c);
    const authorization = c.req.header("authorization");
    const caller = authorization === undefined ? undefined : await remembering(c, options.authenticate)(authorization);
    const record = await latestRecord(store, uscc, year);
    if (!record) throw notFound(c.req.path);
    const cache = caller ? "private, no-store" : "no-cache";
    const logged = keepsLog && (await store.get(proofKey(record, record.version))) !== undefined;
    return c.json(receiptFor(caller, record, { publicUrl, keepsLog, logged }), 200, { "cache-control": cache });
  };
  return { publishReport, previewReport, getReport };
}
