import { beforeAll, describe, expect, it } from "vitest";
import { fsck } from "../../src/fsck/fsck.ts";
import type { Problem } from "../../src/fsck/problems.ts";
import { machinePages } from "../../src/index/pages.ts";
import { reindex } from "../../src/index/reindex.ts";
import { readPieces } from "../support/pdf.ts";
import { example, type MutableReport, type Service, startService, withoutCounts } from "../support/service.ts";

const USCC = "11371500MB28560185";
const PLACE = `/reports/${USCC}/2020`;
const PII = "13812345678";
const REASON = "其中有个人信息。";
const CORRECTED = "删去不应公开的内容。";

let service: Service;
let report: MutableReport;
const redact = (version: number, body: unknown = { reason: REASON }, headers = {}) =>
  service.post(`${PLACE}/versions/${version}/redaction`, body, headers);
const bytes = async (path: string): Promise<Uint8Array> => {
  const response = await service.site.request(`/${USCC}/2020/${path}`);
  expect(response.status, path).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
};
const text = async (path: string): Promise<string> => new TextDecoder().decode(await bytes(path));
const printed = async (path: string): Promise<string> =>
  (await readPieces(await bytes(path))).pieces.map((piece) => piece.text).join("");

/** Every public file that names something, by its key. */
async function naming(needle: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of service.store.list("published/")) {
    const body = (await service.store.get(key))!.body;
    const content = key.endsWith(".pdf")
      ? (await readPieces(new Uint8Array(body))).pieces.map((piece) => piece.text).join("")
      : new TextDecoder().decode(body);
    if (content.includes(needle)) found.push(key);
  }
  return found;
}

beforeAll(async () => {
  service = await startService();
  report = withoutCounts(await example("liaocheng-2020"));
  const personal = structuredClone(report);
  personal["problems"].body.push({ type: "paragraph", text: `申请人王某，电话${PII}。` });
  personal["explanations"] = { "F-PII": "没有注意到。" };
  expect((await service.post("/reports", personal)).status).toBe(201);
});

describe("a version that holds personal data", () => {
  it("cannot be redacted while it is the latest, and what is not there is not found", async () => {
    const current = await redact(1);
    expect([current.status, (await current.json()).title]).toEqual([409, "这一版仍是最新一版"]);
    for (const version of [2, 0, "x"] as number[]) expect((await redact(version)).status, `v${version}`).toBe(404);
  });

  it("wants a reason, and the right to withdraw", async () => {
    const correction = { supersedes: 1, reason: CORRECTED, report };
    expect((await service.post(`${PLACE}/corrections`, correction)).status).toBe(201);
    expect((await redact(1, {})).status).toBe(422);
    expect((await redact(1, { reason: "", report })).status).toBe(422);
    const token = await service.issuer.token({ nianbao_organs: [USCC], nianbao_actions: ["correct"] });
    expect((await redact(1, undefined, { authorization: `Bearer ${token}` })).status).toBe(403);
    expect(await naming(PII)).toContain(`published/${USCC}/2020/v1/report.pdf`);
    // The correction quotes what it takes out.
    expect(await naming(PII)).toContain(`published/${USCC}/2020/v2/correction.json`);
    expect(await naming(PII)).toContain(`published/${USCC}/2020/report.pdf`);
  });

  it("is read by nobody once it is redacted, neither in its own files nor where the correction quoted it", async () => {
    const before = await service.store.get(`records/${USCC}/2020/000001.json`);
    const response = await redact(1);
    expect(response.status, await response.clone().text()).toBe(201);
    const receipt = await response.json();
    expect(receipt).toMatchObject({ kind: "redaction", redacts: 1, version: 3, reason: REASON });
    expect(await naming(PII)).toEqual([]);
    for (const { url, sha256 } of receipt.artefacts) expect([url.split("/").at(-2), sha256.length]).toEqual(["v1", 64]);
    expect(await printed("v1/report.pdf")).toContain(REASON);
    expect(await text("v1/report.html")).toContain("撤下说明");
    expect(JSON.parse(await text("v1/report.json"))).toMatchObject({ redacted: true, version: 1, reason: REASON });
    expect(await text("v1/report.csv")).toContain("已撤下");
    expect(await printed("report.pdf")).toContain("（原文已撤下）");
    expect(await text("v2/correction.json")).toContain("（原文已撤下）");
    // The record and what it refers to stand.
    expect((await service.store.get(`records/${USCC}/2020/000001.json`))!.body).toEqual(before!.body);
    const kept = JSON.parse(new TextDecoder().decode(before!.body)) as { artefacts: { sha256: string }[] };
    for (const { sha256 } of kept.artefacts)
      expect(await service.store.get(`artefacts/${USCC}/2020/${sha256}`)).toBeDefined();
  });

  it("is said to be redacted, when and why, and what stands is untouched", async () => {
    const { versions } = JSON.parse(await text("versions.json"));
    expect(versions.map((v: { version: number; status: string }) => [v.version, v.status])).toEqual([
      [1, "redacted"],
      [2, "current"],
    ]);
    expect(versions[0].redaction).toMatchObject({ record: 3, reason: REASON });
    expect(versions[0].redaction.publishedAt).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(await text("index.html")).toContain(`撤下：${REASON}`);
    const standing = await (await service.app.request(PLACE)).json();
    expect([standing.version, standing.kind]).toEqual([2, "correction"]);
  });

  it("is redacted once: the same again is the same, another reason changes nothing", async () => {
    const again = await redact(1);
    expect([again.status, (await again.json()).version]).toEqual([200, 3]);
    const other = await redact(1, { reason: "另一个理由。" });
    expect([other.status, (await other.json()).title]).toEqual([409, "这一版已经撤下"]);
    expect((await redact(3)).status).toBe(404);
  });

  it("is kept for a minute and no longer by whoever keeps answers", async () => {
    const { headers } = (await service.store.get(`published/${USCC}/2020/v1/report.pdf`))!;
    expect(headers.cacheControl).toBe("public, max-age=60");
  });

  it("stays away when all is derived anew", async () => {
    const pages = machinePages("https://example.org");
    const { failed } = await reindex({ store: service.store, pages }, { all: true });
    expect(failed).toEqual([]);
    expect(await naming(PII)).toEqual([]);
    const organ = JSON.parse(await (await service.site.request(`/${USCC}/index.json`)).text());
    expect(organ.years[0]).toMatchObject({ version: 2, record: 3 });
    expect(organ.years[0].versions[0].redaction).toMatchObject({ reason: REASON });
  });

  it("is a finding of fsck where it is public again, and is taken away again", async () => {
    const record = await service.store.get(`records/${USCC}/2020/000001.json`);
    const { artefacts } = JSON.parse(new TextDecoder().decode(record!.body)) as {
      artefacts: { name: string; sha256: string }[];
    };
    const { sha256 } = artefacts.find(({ name }) => name === "report.json")!;
    const old = (await service.store.get(`artefacts/${USCC}/2020/${sha256}`))!.body;
    const key = `published/${USCC}/2020/v1/report.json`;
    await service.store.put(key, old, { contentType: "application/json; charset=utf-8" });
    const look = async (mend: boolean) => {
      const problems: Problem[] = [];
      await fsck(service.store, { mend, settle: 0, onProblem: (problem) => problems.push(problem) });
      return problems;
    };
    expect(await look(false)).toEqual([{ kind: "redacted-public", key, mended: false }]);
    expect(await look(true)).toEqual([{ kind: "redacted-public", key, mended: true }]);
    expect(await look(false)).toEqual([]);
    expect(await naming(PII)).toEqual([]);
  });

  it("does not keep what comes after from being corrected, withdrawn and redacted", async () => {
    const next = structuredClone(report);
    next["problems"].body[0].text = "改过的文字。";
    const correction = { supersedes: 2, reason: "补正。", report: next };
    const corrected = await (await service.post(`${PLACE}/corrections`, correction)).json();
    expect([corrected.version, corrected.supersedes]).toEqual([4, 2]);
    expect(await naming(CORRECTED)).toContain(`published/${USCC}/2020/versions.json`);
    expect((await redact(2)).status).toBe(201);
    expect(await text("v2/correction.json")).toContain('"redacted": true');
    // Its reason may have named somebody, too: it leaves every list and page.
    await reindex({ store: service.store, pages: machinePages("https://example.org") }, { all: true });
    expect(await naming(CORRECTED)).toEqual([]);
    const withdrawn = await (await service.post(`${PLACE}/withdrawal`, { supersedes: 4, reason: "有误。" })).json();
    expect([withdrawn.version, withdrawn.supersedes]).toEqual([6, 4]);
    const problems: Problem[] = [];
    await fsck(service.store, { settle: 0, onProblem: (problem) => problems.push(problem) });
    expect(problems).toEqual([]);
  });
});

describe("what is sent again", () => {
  it("after a withdrawal is answered with the state: withdrawn, when, by which version", async () => {
    const next = structuredClone(report);
    next["problems"].body[0].text = "改过的文字。";
    const correction = { supersedes: 2, reason: "补正。", report: next };
    const again = await service.post(`${PLACE}/corrections`, correction);
    const body = await again.json();
    expect([again.status, body.version]).toEqual([200, 4]);
    expect(body.state).toMatchObject({ status: "withdrawn", version: 6 });
    expect(body.state.message).toMatch(/^报告已于\d{4}-.*撤回（第6版）/);
  });
});

describe("a reason", () => {
  it("with an identity number is an error, with a telephone a warning to be explained", async () => {
    const identity = await redact(4, { reason: "申请人110105/19491231/002X要求。" });
    expect(identity.status).toBe(422);
    const { findings } = await identity.json();
    expect(findings.map((f: { id: string; level: string }) => [f.id, f.level])).toEqual([["F-PII", "error"]]);
    expect(findings[0].cells[0].pointer).toBe("/reason");
    const reason = "申请人138.0013.8000要求。";
    const warned = await redact(4, { reason });
    expect([warned.status, (await warned.json()).unexplained]).toEqual([422, ["F-PII"]]);
    expect((await redact(4, { reason, explanations: { "F-PII": "单位公布的电话。" } })).status).toBe(201);
  });
});

describe("rules of the day and the name", () => {
  it("F-YEAR: a report whose year has not ended is an error", async () => {
    const early = withoutCounts(await example("hangzhou-2025"));
    early["year"] = new Date().getUTCFullYear() + 1;
    early["signed"] = `${early["year"] + 1}-01-10`;
    const response = await service.post("/reports", early);
    expect(response.status).toBe(422);
    const { findings } = await response.json();
    expect(findings.map((f: { id: string; level: string }) => [f.id, f.level])).toEqual([["F-YEAR", "error"]]);
  });

  it("F-NAME: a correction that gives the organ another name is a warning", async () => {
    const renamed = structuredClone(report);
    renamed["organ"].name = "聊城市市场监管局";
    const correction = { supersedes: 6, reason: "更名。", report: renamed };
    const response = await service.post(`${PLACE}/corrections`, correction);
    expect([response.status, (await response.json()).unexplained]).toEqual([422, ["F-NAME"]]);
    renamed["explanations"] = { "F-NAME": "机构更名。" };
    expect((await service.post(`${PLACE}/corrections`, correction)).status).toBe(201);
  });
});
