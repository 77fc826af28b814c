import { beforeAll, describe, expect, it } from "vitest";
import { expectCleanLog, expectProblem, logged, startTarget, type Target } from "../support/hostile-target.ts";
import { TOKEN_INPUTS } from "../support/hostile-tokens.ts";
import { example } from "../support/service.ts";

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});

describe("a token that is none, forged, expired, of somebody else or without the right: 401 or 403", () => {
  it.each(TOKEN_INPUTS.map((input) => [input.what, input] as const))("%s", async (_, input) => {
    const before = await target.stored();
    const authorization = await input.authorization(target.issuer);
    const report = await example("hangzhou-2025");
    const { result, log } = await logged(async () => {
      const response = await target.post("/reports", report, { authorization: authorization ?? "" });
      return { response, body: await response.text() };
    });
    const { response, body } = result;
    expect(response.status, body).toBe(input.status);
    expectProblem(input.status, response.headers.get("content-type"), body, input.says);
    // RFC 6750, 3: a challenge, which says no more than it must.
    const challenge = response.headers.get("www-authenticate") ?? "";
    expect(challenge).toMatch(/^Bearer realm="nianbao"[ -~]*$/);
    const tail = authorization?.slice(-24) ?? "";
    const secrets = tail.length > 20 && /^[\w-]+$/.test(tail) ? [tail] : [];
    expectCleanLog(log, [
      ...secrets,
      ...report["overview"].body.map((b: { text: string }) => b.text.slice(0, 30)).filter((t: string) => t.length > 15),
    ]);
    for (const secret of secrets) expect(body + challenge).not.toContain(secret);
    expect(log.split("\n").filter((line) => line !== "")).toHaveLength(1);
    expect(JSON.parse(log)).toMatchObject({ outcome: "denied", status: input.status });
    expect(await target.stored()).toEqual(before);
  });

  it("and the same request with a sound token is published", async () => {
    const token = await target.issuer.token({ nianbao_organs: ["11330100002489015P"] });
    const response = await target.post("/reports", await example("hangzhou-2025"), {
      authorization: `Bearer ${token}`,
    });
    expect(response.status).toBe(201);
  });
});
