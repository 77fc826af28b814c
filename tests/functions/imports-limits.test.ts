import { existsSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Decision, Log } from "../../functions/decision.ts";
import { createImporter, IMPORT_LIMITS } from "../../functions/importer.ts";
import { createImportsApp } from "../../functions/imports-app.ts";

/** An app whose reader does what its file says, with little time and memory for it; the token is the caller's name. */
const decisions: Decision[] = [];
const faults: string[] = [];
const log: Log = {
  decision: (decision) => void decisions.push(decision),
  fault: (error) => void faults.push(`${error.message} ${error.stack}`),
};
const script = new URL("../support/hostile-importer.mjs", import.meta.url);
const LANES = { lanes: 2, waitingOfOne: 8, waiting: 16, patience: 20_000 };
const app = (limits: Partial<typeof IMPORT_LIMITS> = {}, lanes: Partial<typeof LANES> = {}) =>
  createImportsApp({
    publicUrl: "https://example.org",
    authenticate: async (authorization) => ({
      filer: { issuer: "https://issuer", subject: authorization ?? "clerk" },
      organs: [],
      divisions: [],
      actions: [],
    }),
    importer: createImporter(script, undefined, { ...IMPORT_LIMITS, memory: 256, ...limits }, { ...LANES, ...lanes }),
    log,
  });
const small = app();
const send = (file: string, to = small, caller = "clerk") =>
  to.request("/imports", {
    method: "POST",
    body: file,
    headers: { "content-type": "application/octet-stream", authorization: caller },
  });

beforeEach(() => {
  decisions.length = 0;
  faults.length = 0;
});

describe("a file that gets the better of its reader", () => {
  it("is given up when it takes too long, and the next one is read", async () => {
    const short = app({ time: 1500 });
    const [first, second] = await Promise.all([send("forever", short), send("well", short)]);
    expect(first.status).toBe(422);
    expect(await first.json()).toMatchObject({
      title: "文件过于复杂",
      detail: expect.stringContaining("超过1.5秒"),
      detailEn: expect.stringContaining("more than 1.5 s"),
    });
    expect(second.status).toBe(200);
  });

  it.skipIf(process.platform === "win32")("is given up when it computes too long", async () => {
    const answer = await send("forever", app({ cpu: 1 }));
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining("计算1秒以上") });
  });

  it.each(["memory", "array", "arrays"])("is given up when it takes too much memory: %s", async (file) => {
    const answer = await send(file);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining("内存超过256 MiB") });
    expect(faults).toEqual([]);
  });

  it("finds nothing of the process's environment", async () => {
    process.env["AWS_SECRET_ACCESS_KEY"] = "secret";
    expect(await (await send("environment")).json()).toMatchObject({ status: 400, detail: "{}" });
  });

  it.skipIf(process.platform === "win32")("leaves no file behind", async () => {
    const left = join(tmpdir(), `nianbao-left-behind-${process.pid}`);
    expect((await send(`file ${left}`)).status).toBeGreaterThanOrEqual(400);
    const size = existsSync(left) ? statSync(left).size : 0;
    rmSync(left, { force: true });
    expect(size).toBe(0);
  });

  it("may say what it likes on its output: nobody listens", async () => {
    expect(await (await send("says")).json()).toMatchObject({ detail: "said" });
  });

  it.each(["fault 机密", "exit"])(
    "is unreadable where we did not expect it: logged by its place, and nothing of it told: %s",
    async (file) => {
      const answer = await send(file);
      expect(answer.status).toBe(400);
      expect(await answer.text()).not.toMatch(/TypeError|机密/);
      expect(faults).toHaveLength(1);
      expect(faults[0]).toMatch(/at .*hostile-importer|ended with 3/);
      expect(JSON.stringify([faults, decisions])).not.toContain("机密");
      expect(decisions).toMatchObject([{ action: "import", outcome: "rejected", status: 400 }]);
    },
  );

  it.each(["large", "lies"])("may not have more read of it than an answer can hold: %s", async (file) => {
    expect(await (await send(file)).json()).toMatchObject({ status: 422, detail: expect.stringContaining("5 MiB") });
  });

  it("is no answer when it is none", async () => {
    expect((await send("nonsense")).status).toBe(422);
  });
});

describe("files that wait", () => {
  it("are passed on as the process answered them", async () => {
    const answer = await send("well");
    expect([answer.status, await answer.text()]).toEqual([200, '{"well":true}']);
    expect(decisions).toMatchObject([{ outcome: "imported", findings: ["X-RULE"], caller: { subject: "clerk" } }]);
  });

  it("wait for nobody else's: one caller never has every lane", async () => {
    const busy = app({ time: 8000 });
    const bad = Promise.all(Array.from({ length: 3 }, () => send("forever", busy, "bad")));
    let over = false;
    void bad.then(() => {
      over = true;
    });
    for (let i = 0; i < 3; i += 1) expect((await send("well", busy, "good")).status).toBe(200);
    expect(over).toBe(false);
    expect((await bad).map(({ status }) => status)).toEqual([422, 422, expect.any(Number)]);
  }, 60_000);

  it("come in turns: one file of each caller, whoever sent more first", async () => {
    const one = app({}, { lanes: 1 });
    const order: string[] = [];
    const from = async (caller: string): Promise<void> => {
      await send("well", one, caller);
      order.push(caller);
    };
    await Promise.all(["a", "a", "a", "b", "b", "c"].map(from));
    expect(order).toEqual(["a", "a", "b", "c", "a", "b"]);
  });

  it("are refused when too many wait: 429 to whoever sent them, 503 to others", async () => {
    const busy = app({ time: 3000 }, { lanes: 1, waitingOfOne: 1, waiting: 2 });
    const answers = await Promise.all(["a", "a", "a", "b", "c"].map((caller) => send("forever", busy, caller)));
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 429, 422, 503]);
    expect(answers[2]!.headers.get("retry-after")).toBe("10");
    expect(await answers[2]!.json()).toMatchObject({ title: "还有文件没有读完" });
    expect(await answers[4]!.json()).toMatchObject({ title: "正在读别的文件" });
    // What was waited for is over: there is room again.
    expect((await send("well", busy)).status).toBe(200);
  });

  it("wait no longer than they may", async () => {
    const busy = app({ time: 3000 }, { lanes: 1, patience: 300 });
    const [first, second] = await Promise.all([send("forever", busy), send("well", busy, "other")]);
    expect([first.status, second.status]).toEqual([422, 503]);
  });
});
