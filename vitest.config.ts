import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Node's own reading of CommonJS modules, as in production.
    deps: { interopDefault: false },
    include: ["tests/**/*.test.ts"],
    globalSetup: ["tests/support/temporary.ts"],
    // A report is set in some 200 ms, and a slow machine takes several times that.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
