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
import { pdfAnswer, rehearsal } from "./pdf-answer.ts";
import { notFound } from "./problem.ts";
import { contextOf, flagOf, placeOf, remembering, requestOf } from "./request.ts";

/** Publishing a report, only checking or only looking at it, and what is published. */
export function reports(options: AppOptions): Pick<Handlers, "publishReport" | "previewReport" | "getReport"> {
  const { store, fonts, publicUrl, keepsLog = false } = options;

  const publishReport = async (c: Context<Env>): Promise<Response> => {
    const context = contextOf(c, options);
    if (flagOf(c, "pdf")) return rehearsal(c, { kind: "original" }, options);
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
    return pdfAnswer(c, pdf);
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
