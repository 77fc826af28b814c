import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Node's own loading of modules, as in production: TypeScript by stripping its types, CommonJS as Node reads it.
    experimental: { viteModuleRunner: false },
    globalSetup: ["tests/support/temporary.ts"],
    setupFiles: ["tests/support/process-state.ts", "tests/support/property-seed.ts"],
    // Two at a time, whatever the machine: what tests start has processes of its own besides.
    maxWorkers: 2,
    // What is read and made here is short-lived; with the usual 16 MiB a quarter of the time goes to collecting it.
    execArgv: ["--max-semi-space-size=64"],
    // A report is set in some 200 ms, and a slow machine takes several times that.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
