import type { Hono } from "hono";
import { bind } from "./bind.ts";
import type { Env } from "./env.ts";
import { createFrame } from "./frame.ts";
import { type ImportsOptions, imports } from "./imports.ts";

/** The part of the API that reads files, alone. */
export function createImportsApp(options: ImportsOptions): Hono<Env> {
  const app = createFrame(options);
  bind(app, imports(options), options.log);
  return app;
}
