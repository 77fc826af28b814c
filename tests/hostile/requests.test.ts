import { beforeAll, describe, expect, it } from "vitest";
import { REQUEST_INPUTS } from "../support/hostile-requests.ts";
import { expectRefused, startTarget, type Target } from "../support/hostile-target.ts";

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});

describe("a request that does not fit: paths, methods, media types, sizes, queries", () => {
  it.each(REQUEST_INPUTS.map((input) => [input.what, input] as const))("%s", async (_, input) => {
    const response = await expectRefused(target, input);
    if (input.status === 405) expect(response.headers.get("allow")).toContain(input.says);
    expect(response.headers.get("set-cookie")).toBeNull();
  });
});
