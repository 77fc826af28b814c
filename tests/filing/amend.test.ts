import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { LOADER } from "../../src/formats/html/loader.ts";
import { checked } from "../support/html.ts";
import { readPieces } from "../support/pdf.ts";
import { example, type MutableReport, type Service, startService, withoutCounts } from "../support/service.ts";

const USCC = "11371500MB28560185";
const PLACE = `/reports/${USCC}/2020`;
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

let service: Service;
let report: MutableReport;
const get = async (path: string): Promise<Response> => service.site.request(`/${USCC}/2020/${path}`);
const bytes = async (path: string): Promise<Uint8Array> => new Uint8Array(await (await get(path)).arrayBuffer());
const textOf = async (path: string): Promise<string> =>
  (await readPieces(await bytes(path))).pieces.map((p) => p.text).join("");

/** The report with one applicant more, answered. */
function mended(): MutableReport {
  const next = structuredClone(report);
  next["requests"].received.naturalPerson += 1;
  next["requests"].results.granted.naturalPerson += 1;
  for (const row of [next["requests"].received, next["requests"].results.granted]) delete row.total;
  for (const column of ["naturalPerson", "total"]) delete next["requests"].results.total[column];
  next["other"].body[0].text = "本年度没有收取信息处理费。";
  return next;
}

beforeAll(async () => {
  service = await startService();
  report = withoutCounts(await example("liaocheng-2020"));
});

describe("before anything is published", () => {
  it("there is nothing to correct or withdraw", async () => {
    const body = { supersedes: 1, reason: "填报有误", report };
    expect((await service.post(`${PLACE}/corrections`, body)).status).toBe(404);
    expect((await service.post(`${PLACE}/withdrawal`, { supersedes: 1, reason: "填报有误" })).status).toBe(404);
  });
});

describe("a published report", () => {
  let first: Uint8Array;
  let receipt: { record: string; previous: string | null };

  beforeAll(async () => {
    const response = await service.post("/reports", report, { "idempotency-key": "first" });
    expect(response.status, await response.clone().text()).toBe(201);
    receipt = await response.json();
    first = await bytes("report.pdf");
  });

  it("begins a chain: its receipt has the hash of the record", async () => {
    const record = await service.store.get(`records/${USCC}/2020/000001.json`);
    expect(sha256(record!.body)).toBe(receipt.record);
    expect(receipt.previous).toBeNull();
  });

  it("lies there as PDF, Word document, page, JSON and CSV, with checksums beside them", async () => {
    const sums = await (await get("SHA256SUMS")).text();
    const lines = sums.trim().split("\n");
    expect(lines.map((line) => line.split("  ")[1])).toEqual([
      "report.pdf",
      "report.docx",
      "report.html",
      "report.json",
      "report.csv",
    ]);
    for (const line of lines) {
      const [hash, name] = line.split("  ");
      expect(sha256(await bytes(name!))).toBe(hash);
      expect(sha256(await bytes(`v1/${name}`))).toBe(hash);
    }
    expect((await get("report.csv")).headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect((await get("report.html")).headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect((await get("report.csv")).headers.get("content-disposition")).toContain(
      encodeURIComponent("聊城市市场监督管理局2020年政府信息公开工作年度报告.csv"),
    );
  });

  it("has every figure in the CSV, by its pointer", async () => {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await bytes("report.csv"));
    expect(text.startsWith("\ufeff")).toBe(true);
    expect(text).toContain(",9,,/requests/received/naturalPerson,\r\n");
  });

  it("has a page whose figures have headers, and that takes nothing from elsewhere", async () => {
    const html = new TextDecoder().decode(await bytes("report.html"));
    expect(checked(html)).toEqual([]);
    expect(html).toContain('<th scope="row"');
    expect(html).toContain("<h2");
    // The block for search engines is data; all that runs is the loader, to the letter, and nothing is fetched elsewhere.
    const rest = html.replace(`<script>${LOADER}</script>`, "");
    expect(rest).not.toBe(html);
    expect(rest).not.toMatch(/<script(?! type="application\/ld\+json">)|(?:href|src)="https?:/);
    const [, data] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)!;
    expect(JSON.parse(data!)).toMatchObject({
      "@type": "Report",
      name: "聊城市市场监督管理局2020年政府信息公开工作年度报告",
      creator: { identifier: "11371500MB28560185" },
    });
  });

  it("is the same submission with the same key, and another key changes nothing", async () => {
    for (const key of ["first", "second"])
      expect((await service.post("/reports", report, { "idempotency-key": key })).status).toBe(200);
  });

  it.each([
    ["empty", ""],
    ["too long", "k".repeat(256)],
    ["not ASCII", "caf\u00e9"],
    ["with a tab", "a\tb"],
  ])("refuses a key that is %s", async (_, key) => {
    const response = await service.post("/reports", report, { "idempotency-key": key });
    expect([response.status, (await response.json()).title]).toEqual([400, "Idempotency-Key 不对"]);
  });

  it("refuses a key that stands for something else", async () => {
    const response = await service.post("/reports", mended(), { "idempotency-key": "first" });
    expect(response.status).toBe(422);
    expect((await response.json()).title).toContain("Idempotency-Key");
  });

  it.each<[string, (body: MutableReport) => unknown, string]>([
    ["nothing", () => null, "S-TYPE"],
    ["no reason", (b) => void delete b["reason"], "S-REQUIRED"],
    ["an empty reason", (b) => void (b["reason"] = ""), "S-LENGTH"],
    ["a blank reason", (b) => void (b["reason"] = " "), "S-TEXT"],
    ["a reason that is too long", (b) => void (b["reason"] = "漏".repeat(501)), "S-LENGTH"],
    ["a reason with a line break", (b) => void (b["reason"] = "漏报\n一件"), "S-TEXT"],
    ["no report", (b) => void delete b["report"], "S-REQUIRED"],
    ["a report in words", (b) => void (b["report"] = "报告"), "S-TYPE"],
    ["a version before all", (b) => void (b["supersedes"] = 0), "S-RANGE"],
    ["a version in words", (b) => void (b["supersedes"] = "1"), "S-TYPE"],
    ["a misspelt key", (b) => void (b["supercedes"] = 1), "S-UNKNOWN"],
    [
      "a report of another year",
      (b) => void Object.assign(b["report"], { year: 2019, signed: "2020-01-20" }),
      "S-PLACE",
    ],
    ["the same report", (b) => void (b["report"] = report), "S-SAME"],
    ["a report that does not add up", (b) => void (b["report"].requests.received.naturalPerson += 1), "T3-BALANCE"],
  ])("is not corrected with %s", async (_, change, id) => {
    const body: MutableReport = { supersedes: 1, reason: "漏报一件", report: mended() };
    const changed = change(body);
    const response = await service.post(`${PLACE}/corrections`, changed === undefined ? body : changed);
    expect(response.status).toBe(422);
    const { title, findings } = await response.json();
    expect(title).toBe("更正未通过校验");
    expect(findings.map((f: { id: string }) => f.id)).toContain(id);
    if (id === "S-UNKNOWN") expect(findings[0].message).toContain("是否应为“supersedes”");
    expect((await get("v2/report.pdf")).status).toBe(404);
  });

  describe("once corrected", () => {
    const body = () => ({ supersedes: 1, reason: "漏报自然人申请一件。", report: mended() });

    beforeAll(async () => {
      const response = await service.post(`${PLACE}/corrections`, body());
      const answer = await response.json();
      expect(response.status, JSON.stringify(answer)).toBe(201);
      expect(answer).toMatchObject({ version: 2, kind: "correction", supersedes: 1, previous: receipt.record });
    });

    it("is the correction at the address without a version, and the first where it was", async () => {
      expect(await bytes("report.pdf")).toEqual(await bytes("v2/report.pdf"));
      expect(await bytes("v1/report.pdf")).toEqual(first);
      expect((await get("report.pdf")).headers.get("etag")).toBe((await get("v2/report.pdf")).headers.get("etag"));
    });

    it("says on the last page what was corrected and why", async () => {
      const { pieces, pages } = await readPieces(await bytes("report.pdf"));
      const last = pieces
        .filter((p) => p.page === pages)
        .map((p) => p.text)
        .join("");
      expect(last).toContain("更正说明");
      expect(last).toContain("漏报自然人申请一件。");
      expect(last).toContain("原为9，更正为10");
      expect(await textOf("v1/report.pdf")).not.toContain("更正说明");
    });

    it("gives the differences cell by cell, as page and as data", async () => {
      const { differences } = (await (await get("v2/correction.json")).json()) as {
        differences: { pointer: string; before: string; after: string }[];
      };
      expect(differences.find((d) => d.pointer === "/requests/received/naturalPerson")).toMatchObject({
        before: "9",
        after: "10",
      });
      expect(differences.map((d) => d.pointer)).toContain("/requests/results/total/total");
      expect(differences.map((d) => d.pointer)).toContain("/other/body");
      const html = new TextDecoder().decode(await bytes("report.html"));
      expect(html).toContain("更正前后对照");
      expect(checked(html)).toEqual([]);
    });

    it("marks the first version as superseded on the page that leads to both", async () => {
      const html = await (await get("")).text();
      expect(checked(html)).toEqual([]);
      expect(html.indexOf("第2版（更正）")).toBeLessThan(html.indexOf("第1版（公布）"));
      expect(html).toContain("已被第2版取代");
      const { versions } = (await (await get("versions.json")).json()) as { versions: { status: string }[] };
      expect(versions.map((v) => v.status)).toEqual(["superseded", "current"]);
    });

    it("answers the same correction, and the report before it, with the receipts they had", async () => {
      const again = await service.post(`${PLACE}/corrections`, body());
      expect([again.status, (await again.json()).version]).toEqual([200, 2]);
      const old = await service.post("/reports", report);
      expect([old.status, (await old.json()).version]).toEqual([200, 1]);
    });

    it("refuses another correction of what was corrected already", async () => {
      const other = body();
      other.report["other"].body[0].text = "本年度未收取信息处理费。";
      const response = await service.post(`${PLACE}/corrections`, other);
      expect(response.status).toBe(409);
      expect((await response.json()).receipt.version).toBe(2);
    });

    it("lets one of many corrections at once win", async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) => {
          const next = { ...body(), supersedes: 2 };
          next.report["other"].body[0].text = `本年度没有收取信息处理费，共核对${i + 2}次。`;
          return service.post(`${PLACE}/corrections`, next);
        }),
      );
      expect(answers.map((r) => r.status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
      expect(await bytes("report.pdf")).toEqual(await bytes("v3/report.pdf"));
    });

    it("leaves a notice when it is withdrawn, and keeps every version", async () => {
      const wrong = await service.post(`${PLACE}/withdrawal`, { supersedes: 1, reason: "报送主体有误。" });
      expect(wrong.status).toBe(409);
      expect((await wrong.json()).title).toContain("撤回");
      const unsaid = await service.post(`${PLACE}/withdrawal`, { supersedes: 3 });
      expect([unsaid.status, (await unsaid.json()).title]).toEqual([422, "撤回未通过校验"]);
      const response = await service.post(`${PLACE}/withdrawal`, { supersedes: 3, reason: "报送主体有误。" });
      expect(response.status, await response.clone().text()).toBe(201);
      expect(await response.json()).toMatchObject({ version: 4, kind: "withdrawal", reason: "报送主体有误。" });
      expect(await textOf("report.pdf")).toContain("报送主体有误。");
      expect(await (await get("report.json")).json()).toMatchObject({ withdrawn: true, supersedes: 3 });
      expect(await bytes("v1/report.pdf")).toEqual(first);
      const { versions } = (await (await get("versions.json")).json()) as { versions: { status: string }[] };
      expect(versions.map((v) => v.status)).toEqual(["superseded", "superseded", "superseded", "withdrawn"]);
      const again = await service.post(`${PLACE}/withdrawal`, { supersedes: 3, reason: "报送主体有误。" });
      expect(again.status).toBe(200);
    });

    it("is one line of the list of what is published, however many versions it has", async () => {
      const html = await (await service.site.request("/")).text();
      expect(html).toContain("已公布1份");
      expect(html.match(/report\.pdf/g)).toHaveLength(1);
      expect(html).toContain(`href="/${USCC}/2020/index.html"`);
    });

    it("may be published again by a correction of the withdrawal", async () => {
      const response = await service.post(`${PLACE}/corrections`, { supersedes: 4, reason: "核实无误。", report });
      expect(response.status, await response.clone().text()).toBe(201);
      expect((await response.json()).version).toBe(5);
    });

    it("is one chain, every record holding the hash of the one before", async () => {
      let previous: string | null = null;
      for (let version = 1; version <= 5; version += 1) {
        const { body: record } = (await service.store.get(`records/${USCC}/2020/00000${version}.json`))!;
        expect(JSON.parse(new TextDecoder().decode(record)).previous).toBe(previous);
        previous = sha256(record);
      }
    });
  });
});
