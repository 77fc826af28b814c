import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { expectCleanLog, logged, startTarget, type Target } from "../support/hostile-target.ts";
import { example } from "../support/service.ts";

let target: Target;
let sound: Buffer;
beforeAll(async () => {
  target = await startTarget();
  sound = Buffer.from(JSON.stringify(await example("hangzhou-2025")));
});

/** One change of a body's bytes; places are parts of its length. */
const change = fc.oneof(
  fc.record({
    kind: fc.constant("set" as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    byte: fc.integer({ min: 0, max: 255 }),
  }),
  fc.record({
    kind: fc.constant("cut" as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 1, max: 2000 }),
  }),
  fc.record({
    kind: fc.constant("insert" as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    text: fc.constantFrom(
      ...'{}[]:,"\\\0\n-+.eE09'.split(""),
      "null",
      "true",
      "1e400",
      "-0",
      '"__proto__":{},',
      "\\ud800",
      "\\u0000",
      "\u202e",
      "[[[[",
      '{"a":',
    ),
  }),
  fc.record({
    kind: fc.constant("repeat" as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 1, max: 500 }),
    times: fc.integer({ min: 2, max: 20 }),
  }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(body: Buffer, c: Change): Buffer {
  const at = Math.floor(c.at * body.length);
  const [before, after] = [body.subarray(0, at), body.subarray(at)];
  switch (c.kind) {
    case "set":
      return Buffer.concat([before, Buffer.from([c.byte]), after.subarray(1)]);
    case "cut":
      return Buffer.concat([before, after.subarray(c.length)]);
    case "insert":
      return Buffer.concat([before, Buffer.from(c.text), after]);
    case "repeat": {
      const part = after.subarray(0, c.length);
      return Buffer.concat([before, ...Array.from({ length: c.times }, () => part), after]);
    }
  }
}

/** Never a 5xx; a problem document where it is refused; a clean log. */
async function expectAnswered(request: Request): Promise<void> {
  const { result, log } = await logged(async () => {
    const response = await target.app.request(request);
    return { response, body: await response.text() };
  });
  const { response, body } = result;
  expect(response.status, body.slice(0, 500)).toBeLessThan(500);
  if (response.status >= 400) {
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(JSON.parse(body)).toMatchObject({ status: response.status });
  }
  expectCleanLog(log, [target.authorization.slice(-40)]);
}

describe("whatever is sent", () => {
  it("as a report, by mutation of a sound one", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.constantFrom("/reports", "/reports?dryRun=true", "/reports/11330100002489015P/2025/corrections"),
        async (changes, path) => {
          const body = changes.reduce(changed, sound);
          const headers = { authorization: target.authorization, "content-type": "application/json" };
          await expectAnswered(
            new Request(`http://localhost${path}`, { method: "POST", headers, body: new Uint8Array(body) }),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it("as a value of JSON in the place of any part of a sound report", async () => {
    const report = JSON.parse(sound.toString()) as unknown;
    const places: string[][] = [];
    const walk = (value: unknown, path: string[]): void => {
      places.push(path);
      if (typeof value === "object" && value !== null)
        for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    };
    walk(report, []);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places.slice(1)), fc.jsonValue({ maxDepth: 3 }), async (path, value) => {
        const copy = structuredClone(report);
        let at = copy as Record<string, unknown>;
        for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
        at[path.at(-1)!] = value;
        const headers = { authorization: target.authorization, "content-type": "application/json" };
        await expectAnswered(
          new Request("http://localhost/reports?dryRun=true", { method: "POST", headers, body: JSON.stringify(copy) }),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("as headers", async () => {
    const name = fc.oneof(
      fc.constantFrom(
        "authorization",
        "content-type",
        "content-encoding",
        "content-length",
        "idempotency-key",
        "if-none-match",
        "accept",
        "range",
        "origin",
        "expect",
        "x-request-id",
        "x-forwarded-for",
        "x-http-method-override",
        "forwarded",
        "cookie",
      ),
      fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,30}$/),
    );
    // What a header may have: visible ASCII, tabs, and bytes above.
    const value = fc.oneof(
      fc.stringMatching(/^[\t\x20-\x7e\x80-\xff]{0,200}$/),
      fc.constantFrom("0", "-1", "null", "*", '"', "a".repeat(8000)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(name, value), { maxLength: 8 }),
        fc.constantFrom("GET", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "PATCH"),
        fc.oneof(
          fc.constantFrom(
            "/reports",
            "/reports/preview",
            "/healthz",
            "/openapi.json",
            "/reports/11330100002489015P/2025",
            "/filing/config.json",
          ),
          fc.webPath(),
        ),
        async (sent, method, path) => {
          const headers = new Headers({ authorization: target.authorization, "content-type": "application/json" });
          for (const [key, text] of sent) headers.set(key, text);
          const body = method === "GET" || method === "HEAD" ? null : "{}";
          const request = new Request(`http://localhost${path.startsWith("/") ? path : `/${path}`}`, {
            method,
            headers,
            body,
          });
          if (method !== "HEAD") await expectAnswered(request);
          else
            expect((await logged(() => Promise.resolve(target.app.request(request)))).result.status).toBeLessThan(500);
        },
      ),
      { numRuns: 500 },
    );
  });
});
