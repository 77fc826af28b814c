import { beforeAll, describe, expect, it } from "vitest";
import { EVENT_INPUTS } from "../support/hostile-events.ts";
import { MARK } from "../support/hostile-input.ts";
import { expectCleanLog, expectProblem, logged, startTarget, type Target } from "../support/hostile-target.ts";

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
const context = { awsRequestId: "0b7a3c1e-8a51-4c53-9a0e-6f3d5a2f1b11", functionName: "api" };

describe("what the Lambda handler is called with: an answer, never a failure", () => {
  it.each(EVENT_INPUTS.map((input) => [input.what, input] as const))("%s", async (_, input) => {
    const before = await target.stored();
    const { result, log } = await logged(() => target.handler(input.event(target.authorization), context));
    expect(result.statusCode, result.body).toBe(input.status);
    expectProblem(input.status, result.headers["content-type"] ?? null, result.body, input.says);
    expect(result.isBase64Encoded).toBe(false);
    expect(JSON.parse(result.body)["instance"]).toBe(`urn:uuid:${context.awsRequestId}`);
    expectCleanLog(log, [MARK, target.authorization.slice(-40)]);
    expect(await target.stored()).toEqual(before);
  });
});
