import type { Context } from "hono";
import { handleFiling } from "../src/filing/file.ts";
import { note, receiptAnswer } from "./answers.ts";
import type { Handlers } from "./bind.ts";
import type { Env } from "./env.ts";
import type { AppOptions } from "./options.ts";
import { rehearsal } from "./pdf-answer.ts";
import { contextOf, flagOf, placeOf, requestOf } from "./request.ts";

/** Correcting, withdrawing and redacting what is published. */
export function amendments(options: AppOptions): Pick<Handlers, "correctReport" | "withdrawReport" | "redactVersion"> {
  const amend = (kind: "correction" | "withdrawal") => async (c: Context<Env>) => {
    const place = placeOf(c);
    note(c, place);
    if (kind === "correction" && flagOf(c, "pdf")) return rehearsal(c, { kind: "correction", place }, options);
    const result = await handleFiling({ kind, place }, requestOf(c), contextOf(c, options));
    return receiptAnswer(c, result, kind, options);
  };
  const redact = async (c: Context<Env>): Promise<Response> => {
    const place = { ...placeOf(c), version: Number(c.req.param("version")) };
    note(c, place);
    const result = await handleFiling({ kind: "redaction", place }, requestOf(c), contextOf(c, options));
    return receiptAnswer(c, result, "redaction", options);
  };
  return { correctReport: amend("correction"), withdrawReport: amend("withdrawal"), redactVersion: redact };
}
