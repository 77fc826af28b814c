import { beforeAll, describe, expect, it } from "vitest";
import { ROUTES } from "../../functions/routes.ts";
import { example, type MutableReport, type Service, startService } from "../support/service.ts";

let service: Service;
let report: MutableReport;
beforeAll(async () => {
  service = await startService();
  report = await example("liaocheng-2020");
});

/** A path of the table with something in it that could be there. */
const pathOf = (path: string): string =>
  path
    .replace("{division}", "371500")
    .replace("{uscc}", "11371500MB28560185")
    .replace("{year}", "2020")
    .replace("{version}", "1")
    .replace("{place}", "3715")
    .replace("{sha256}", "0".repeat(64))
    .replace("{file}", "report-2021.schema.json");

const stored = async (): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of service.store.list("")) keys.push(key);
  return keys;
};

/** A request as its route has it, with a token that may do everything. */
const ask = (method: string, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(
    service.app.request(path, {
      method,
      headers: { authorization: service.authorization, "content-type": "application/json", ...headers },
      ...(method === "GET" || method === "HEAD" ? {} : { body: JSON.stringify(report) }),
    }),
  );

// On Lambda another function reads files; `imports.test.ts` asks that one.
const HERE = ROUTES.filter(({ handledBy }) => handledBy === "api");

describe("the query of an address: what is not understood is not passed over", () => {
  it.each([
    ["dryrun=true, which published the report", "dryrun=true", "没有参数 dryrun，是不是 dryRun？"],
    ["dryRun twice, the first saying no", "dryRun=false&dryRun=true", "dryRun 只能写一次"],
    ["dryRun twice alike", "dryRun=true&dryRun=true", "dryRun 只能写一次"],
    ["dryRun under its percent signs, a second time", "dryRun=false&dry%52un=true", "dryRun 只能写一次"],
    ["dry_run", "dry_run=true", "是不是 dryRun？"],
    ["dry-run", "dry-run=true", "是不是 dryRun？"],
    ["DRYRUN", "DRYRUN=true", "是不是 dryRun？"],
    ["dryRun with a space", "dryRun%20=true", "是不是 dryRun？"],
    ["dryRun as a list", "dryRun[]=true", "是不是 dryRun？"],
    ["validateOnly", "validateOnly=true", "可用的有：dryRun"],
    ["a parameter of another route", "draft=true", "没有参数 draft"],
    ["a parameter of the prototype", "__proto__=true", "没有参数 __proto__"],
    ["a parameter without a name", "=true", "没有参数"],
    ["a parameter that changes nothing, beside a good one", "dryRun=true&utm_source=x", "没有参数 utm_source"],
    ["dryRun without a value", "dryRun", "dryRun 应为 true 或 false"],
    ["dryRun with an empty value", "dryRun=", "dryRun 应为 true 或 false"],
    ["yes", "dryRun=yes", "dryRun 应为 true 或 false"],
    ["True", "dryRun=True", "dryRun 应为 true 或 false"],
    ["true with a space", "dryRun=true+", "dryRun 应为 true 或 false"],
    ["true twice in one value", "dryRun=true,true", "dryRun 应为 true 或 false"],
    ["true with an equals sign", "dryRun==true", "dryRun 应为 true 或 false"],
    ["what is no UTF-8", "dryRun=%ff", "UTF-8"],
    ["half a percent sequence", "dryRun=%e5%b9", "UTF-8"],
    ["a semicolon for an ampersand", "dryRun=true;dryRun=false", "dryRun 应为 true 或 false"],
    ["a second question mark", "?dryRun=true", "是不是 dryRun？"],
  ])("%s: 400, and nothing is published", async (_, query, says) => {
    const response = await service.post(`/reports?${query}`, report);
    const body = await response.json();
    expect(response.status, JSON.stringify(body)).toBe(400);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(body).toMatchObject({ title: "参数不对", titleEn: "Bad parameter" });
    expect(body.detail).toContain(says);
    expect(await stored()).toEqual([]);
  });

  it("names the parameter whatever characters it has, short and visible", async () => {
    const { detail } = await (await service.post(`/reports?%1b%5b2J${"x".repeat(5000)}=1`, report)).json();
    expect(detail).toMatch(/^没有参数 \\u\{001b\}\[2Jx+…，可用的有：dryRun、pdf$/);
    expect(detail.length).toBeLessThan(120);
  });

  it.each(HERE.map(({ method, path }) => [method, path] as const))("of %s %s too", async (method, path) => {
    const unknown = await ask(method, `${pathOf(path)}?nonsense=1`);
    expect(unknown.status).toBe(400);
    expect((await unknown.json()).detail).toContain("没有参数 nonsense");
    expect(await stored()).toEqual([]);
  });

  it("is refused of HEAD as of GET", async () => {
    expect((await ask("HEAD", "/healthz?x=1")).status).toBe(400);
    expect((await ask("HEAD", "/healthz")).status).toBe(200);
  });

  it("may be empty", async () => {
    expect((await ask("GET", "/healthz?")).status).toBe(200);
    expect((await ask("GET", "/healthz?&")).status).toBe(200);
  });
});

describe("the table of routes", () => {
  it.each(HERE.map((route) => [route.operation, route] as const))("is answered: %s", async (_, { method, path }) => {
    const response = await ask(method, pathOf(path));
    const body = await response.text();
    // What is not there says so: there is no report to read or to amend, and no roster.
    if (response.status === 404)
      expect(path).toMatch(
        /^\/(?:reports\/\{uscc\}|notices\/\{uscc\}|organs\/\{uscc\}$|rosters\/\{division\}$|drafts\/.*\/(?:proof|contents\/\{sha256\})$)/,
      );
    else expect(response.status, body).not.toBe(405);
  });

  it.each(ROUTES.map(({ path }) => path))("says of %s which methods it takes", async (path) => {
    const methods = ROUTES.filter((route) => route.path === path).map(({ method }) => method);
    const allowed = methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
    const allow = [...allowed, "OPTIONS"].join(", ");
    const options = await ask("OPTIONS", pathOf(path));
    expect([options.status, options.headers.get("allow")]).toEqual([204, allow]);
    const wrong = await ask("PATCH", pathOf(path));
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, allow]);
    expect(wrong.headers.get("content-type")).toContain("application/problem+json");
  });

  /** What is read by those whom it concerns. */
  const PRIVATE = /^\/(?:me$|drafts\/|policies\/|desk\/|rollups\/|reminders\/|checks\/|notices\/)/;

  it("asks for a token for whatever has a body or is not for everybody, and limits the body", () => {
    for (const route of ROUTES) {
      expect("body" in route, route.operation).toBe(route.method === "POST" || route.method === "PUT");
      expect(route.token === "required", route.operation).toBe(route.method !== "GET" || PRIVATE.test(route.path));
      if (route.rate === "health") expect(route.path).toBe("/healthz");
    }
  });

  it.each(HERE.flatMap((route) => ("body" in route ? [[route.method, route.path, route.body.limit] as const] : [])))(
    "refuses a body of %s %s over its limit before it is read, whoever sends it",
    async (method, path, limit) => {
      const unread = new ReadableStream({
        pull: () => {
          throw new Error("was read");
        },
      });
      const response = await service.app.request(pathOf(path), {
        method,
        headers: { "content-length": String(limit + 1), "content-type": "application/json" },
        body: unread,
        duplex: "half",
      } as RequestInit);
      expect(response.status).toBe(413);
      expect((await response.json()).detail).toContain(`${limit}字节`);
    },
  );
});
