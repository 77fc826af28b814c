import { IMPORT_LIMITS } from "../functions/importer.ts";
import type { Limits } from "../src/confined/process.ts";

/** The built `importer-process.ts`, beside the command. */
export const READER = new URL("./importer.mjs", import.meta.url);

/** Nobody else waits, and the machine may be an old one; an answer is there within 20 s all the same. */
export const READER_LIMITS: Limits = { ...IMPORT_LIMITS, time: 17_000, cpu: 17 };
