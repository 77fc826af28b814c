/** What a test file changes of its process is as it was for the next one, which runs in the same. */
import { afterAll, vi } from "vitest";

const before = { ...process.env };
afterAll(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});
