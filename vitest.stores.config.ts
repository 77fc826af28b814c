import { defineConfig } from "vitest/config";
import usual from "./vitest.config.ts";

/** Of stores that are not ours: where their programs are installed, and apart from `npm test`. */
export default defineConfig({ ...usual, test: { ...usual.test, include: ["tests/stores/**/*.stores.ts"] } });
