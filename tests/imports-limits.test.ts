import { beforeEach, describe, expect, it } from "vitest";
import type { Decision, Log } from "../functions/audit.ts";
import { threadImporter } from "../functions/importer.ts";
import { createImportsApp } from "../functions/imports-app.ts";

/** An app whose reader does what its file says, with little time and memory for it. */
const decisions: Decision[] = [];
const faults: string[] = [];
const log: Log = {
  decision: (decision) => void decisions.push(decision),
  fault: (error) => void faults.push(`${error.message} ${error.stack}`),
};
const script = new URL("./support/hostile-importer.mjs", import.meta.url);
const app = (limits: { readonly time: number; readonly memory: number; readonly waiting: number }) =>
  createImportsApp({
    publicUrl: "https://example.org",
    authenticate: async () => ({
      filer: { issuer: "https://issuer", subject: "clerk" },
      organs: [],
      divisions: [],
      actions: [],
    }),
    coverage: { missing: () => [], fallbacks: () => [] },
    importer: threadImporter(script, limits),
    log,
  });
const small = app({ time: 3000, memory: 64, waiting: 8 });
const send = (file: string, to = small) =>
  to.request("/imports", { method: "POST", body: file, headers: { "content-type": "application/octet-stream" } });

beforeEach(() => {
  decisions.length = 0;
  faults.length = 0;
});

describe("a file that gets the better of its reader", () => {
  it("is given up when it takes too long, and the next one is read", async () => {
    const [first, second] = await Promise.all([
      send("forever", app({ time: 500, memory: 64, waiting: 8 })),
      send("exit"),
    ]);
    expect(first.status).toBe(422);
    expect(await first.json()).toMatchObject({
      title: "文件过于复杂",
      detail: expect.stringContaining("超过0.5秒"),
      detailEn: expect.stringContaining("more than 0.5 s"),
    });
    expect(second.status).toBe(500);
  });

  it("is given up when it takes too much memory, and the process lives", async () => {
    const answer = await send("memory", app({ time: 60_000, memory: 64, waiting: 8 }));
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining("内存") });
    expect(faults).toEqual([]);
  });

  it("finds nothing of the process's environment", async () => {
    process.env["AWS_SECRET_ACCESS_KEY"] = "secret";
    expect(await (await send("environment")).json()).toMatchObject({ status: 400, detail: "{}" });
  });

  it("is a fault of ours where we did not expect it: logged by its place, told as nothing", async () => {
    const answer = await send("fault 机密");
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/TypeError|机密/);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain("at reader");
    expect(JSON.stringify([faults, decisions])).not.toContain("机密");
    expect(decisions).toMatchObject([{ action: "import", outcome: "failed", status: 500 }]);
  });

  it("may not have more read of it than an answer can hold", async () => {
    expect(await (await send("large")).json()).toMatchObject({ status: 422, detail: expect.stringContaining("5 MiB") });
  });

  it("keeps others waiting for a while, and then no more of them are taken", async () => {
    const busy = app({ time: 1000, memory: 64, waiting: 1 });
    const answers = await Promise.all(["forever", "exit", "exit"].map((file) => send(file, busy)));
    expect(answers.map(({ status }) => status)).toEqual([422, expect.any(Number), 503]);
    expect(answers[2]!.headers.get("retry-after")).toBe("10");
    expect(await answers[2]!.json()).toMatchObject({ title: "正在读别的文件" });
    // What was waited for is over: there is room again.
    expect((await send("exit", busy)).status).toBe(500);
  });
});
