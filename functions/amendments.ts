import type { Context } from "hono";
import type { AmendmentKind } from "../schemas/amendment-schema.ts";
import { amendReport } from "../src/amend.ts";
import { note, receiptAnswer } from "./answers.ts";
import type { Env } from "./audit.ts";
import type { Handlers } from "./bind.ts";
import type { AppOptions } from "./options.ts";
import { notFound } from "./problem.ts";
import { contextOf, placeOf, requestOf } from "./request.ts";

/** Correcting and withdrawing what is published. */
export function amendments(options: AppOptions): Pick<Handlers, "correctReport" | "withdrawReport"> {
  const amend = (kind: AmendmentKind) => async (c: Context<Env>) => {
    const place = placeOf(c);
    note(c, place);
    const result = await amendReport(kind, place, requestOf(c), contextOf(c, options));
    if (!result) throw notFound(`${place.uscc}/${place.year}`);
    return receiptAnswer(c, result, kind, options.publicUrl);
  };
  return { correctReport: amend("correction"), withdrawReport: amend("withdrawal") };
}
