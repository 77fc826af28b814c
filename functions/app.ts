import type { Hono } from "hono";
import { amendments } from "./amendments.ts";
import { bind, type Handlers } from "./bind.ts";
import { contents } from "./contents.ts";
import { description } from "./description.ts";
import { desk } from "./desk.ts";
import { deskFiles } from "./desk-files.ts";
import { drafts } from "./drafts.ts";
import type { Env } from "./env.ts";
import { createFrame } from "./frame.ts";
import { type ImportsOptions, imports } from "./imports.ts";
import { me } from "./me.ts";
import type { AppOptions } from "./options.ts";
import { policies } from "./policies.ts";
import { proofs } from "./proofs.ts";
import { reports } from "./reports.ts";
import { rollups } from "./rollups.ts";
import { rosters } from "./rosters.ts";
import { seals } from "./seals.ts";
import { steps } from "./steps.ts";
import { builtPage, filingPages } from "./web.ts";

/**
 * The HTTP API: the same app on Lambda, on a plain server and in the tests.
 * @param importing reads files; without it they are read elsewhere, as on Lambda, apart from what may write
 */
export function createApp(options: AppOptions, importing?: Pick<ImportsOptions, "importer">): Hono<Env> {
  const app = createFrame(options);
  const handlers: Handlers<"importReport"> = {
    ...reports(options),
    ...amendments(options),
    ...seals(options),
    ...rosters(options),
    ...rollups(options),
    ...me(options),
    ...drafts(options),
    ...steps(options),
    ...contents(options),
    ...proofs(options),
    ...desk(options),
    ...policies(options),
    ...deskFiles(options),
    ...description(options),
  };
  bind(app, handlers, options.log);
  if (importing) bind(app, imports({ ...options, ...importing }), options.log);
  app.route("/filing", filingPages(options));
  app.route("/desk", builtPage(options, "desk"));
  return app;
}
