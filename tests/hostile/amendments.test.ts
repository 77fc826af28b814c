import { beforeAll, describe, expect, it } from "vitest";
import { AMENDMENT_INPUTS, SEAL_INPUTS } from "../support/hostile-amendments.ts";
import { expectRefused, startTarget, type Target } from "../support/hostile-target.ts";
import { example } from "../support/service.ts";

let target: Target;
beforeAll(async () => {
  target = await startTarget();
  expect((await target.post("/reports", await example("hangzhou-2025"))).status).toBe(201);
});

describe("what may not be corrected or withdrawn", () => {
  it.each(AMENDMENT_INPUTS.map((input) => [input.what, input] as const))("%s", async (_, input) => {
    await expectRefused(target, input);
  });
});

describe("images that are no seal", () => {
  it.each(SEAL_INPUTS.map((input) => [input.what, input] as const))("%s", async (_, input) => {
    await expectRefused(target, input);
  });
});
