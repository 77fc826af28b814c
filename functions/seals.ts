import { Hono } from "hono";
import { authorize } from "../src/authenticate/caller.ts";
import { keepSeal } from "../src/filing/seal.ts";
import { note } from "./answers.ts";
import { audited, type Env } from "./audit.ts";
import { readPng } from "./body.ts";
import type { AppOptions } from "./options.ts";
import { contextOf, organOf } from "./request.ts";

/** The seals that organs leave for their reports. */
export function seals(options: AppOptions): Hono<Env> {
  const app = new Hono<Env>();
  app.put("/organs/:uscc/seal", audited("seal", options.log), async (c) => {
    const uscc = organOf(c);
    note(c, { uscc });
    authorize(await contextOf(c, options).authenticate(c.req.header("authorization")), "seal", uscc);
    const { width, height } = await keepSeal(options.store, uscc, await readPng(c.req.raw));
    note(c, { outcome: "sealed" });
    return c.json({ uscc, width, height });
  });
  return app;
}
