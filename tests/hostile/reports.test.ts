import { beforeAll, describe, expect, it } from "vitest";
import { CHARACTER_INPUTS } from "../support/hostile-characters.ts";
import { REPORT_INPUTS } from "../support/hostile-reports.ts";
import { expectRefused, startTarget, type Target } from "../support/hostile-target.ts";

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});

describe("JSON that is no report, or none that may be published: 422 with every finding", () => {
  it.each(REPORT_INPUTS.map((input) => [input.what, input] as const))("%s", async (_, input) => {
    await expectRefused(target, input);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("characters that are no text to be printed: 422 that names them", () => {
  it.each(CHARACTER_INPUTS.map((input) => [input.what, input] as const))("%s", async (_, input) => {
    await expectRefused(target, input);
  });
});
