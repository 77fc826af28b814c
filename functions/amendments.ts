import { type Context, Hono } from "hono";
import { handleFiling } from "../src/filing/file.ts";
import { note, receiptAnswer } from "./answers.ts";
import { audited, type Env } from "./audit.ts";
import type { AppOptions } from "./options.ts";
import { notFound } from "./problem.ts";
import { contextOf, placeOf, requestOf } from "./request.ts";

/** Correcting, withdrawing and redacting what is published. */
export function amendments(options: AppOptions): Hono<Env> {
  const app = new Hono<Env>();
  const amend = (kind: "correction" | "withdrawal") => async (c: Context<Env>) => {
    const place = placeOf(c);
    note(c, place);
    const result = await handleFiling({ kind, place }, requestOf(c), contextOf(c, options));
    return receiptAnswer(c, result, kind, options.publicUrl);
  };
  app.post("/reports/:uscc/:year/corrections", audited("correct", options.log), amend("correction"));
  app.post("/reports/:uscc/:year/withdrawal", audited("withdraw", options.log), amend("withdrawal"));
  app.post("/reports/:uscc/:year/versions/:version/redaction", audited("withdraw", options.log), async (c) => {
    const version = Number(/^[1-9]\d{0,5}$/.exec(c.req.param("version"))?.[0] ?? 0);
    if (version === 0) throw notFound(c.req.path);
    const place = { ...placeOf(c), version };
    note(c, place);
    const result = await handleFiling({ kind: "redaction", place }, requestOf(c), contextOf(c, options));
    return receiptAnswer(c, result, "redaction", options.publicUrl);
  });
  return app;
}
