import { type Context, Hono } from "hono";
import type { AmendmentKind } from "../schemas/amendment-schema.ts";
import { handleFiling } from "../src/filing/file.ts";
import { note, receiptAnswer } from "./answers.ts";
import { audited, type Env } from "./audit.ts";
import type { AppOptions } from "./options.ts";
import { contextOf, placeOf, requestOf } from "./request.ts";

/** Correcting and withdrawing what is published. */
export function amendments(options: AppOptions): Hono<Env> {
  const app = new Hono<Env>();
  const amend = (kind: AmendmentKind) => async (c: Context<Env>) => {
    const place = placeOf(c);
    note(c, place);
    const result = await handleFiling({ kind, place }, requestOf(c), contextOf(c, options));
    return receiptAnswer(c, result, kind, options.publicUrl);
  };
  app.post("/reports/:uscc/:year/corrections", audited("correct", options.log), amend("correction"));
  app.post("/reports/:uscc/:year/withdrawal", audited("withdraw", options.log), amend("withdrawal"));
  return app;
}
