import { beforeAll, describe, it } from "vitest";
import { NOT_JSON_INPUTS } from "../support/hostile-json.ts";
import { expectRefused, startTarget, type Target } from "../support/hostile-target.ts";

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});

describe("a body that is no JSON: 400 with line and column", () => {
  it.each(NOT_JSON_INPUTS.map((input) => [input.what, input] as const))("%s", async (_, input) => {
    await expectRefused(target, input);
  });
});
