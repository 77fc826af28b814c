import { beforeAll, describe, expect, it } from "vitest";
import { allPages, machinePages } from "../../src/index/pages.ts";
import { reindex } from "../../src/index/reindex.ts";
import { portalPages } from "../../src/portal/pages.ts";
import { example, type MutableReport, type Service, startService } from "../support/service.ts";

const USCC = "11371500MB28560185";
const PLACE = `/reports/${USCC}/2020`;
const SAID = "因机构合并而延期，此句不得外传。";

let service: Service;
let report: MutableReport;
beforeAll(async () => {
  service = await startService();
  report = { ...(await example("liaocheng-2020")), signed: "2021-04-20", explanations: { "F-DATE": SAID } };
  const response = await service.post("/reports", report);
  expect(response.status, await response.clone().text()).toBe(201);
  expect((await response.json()).explanations).toEqual({ "F-DATE": SAID });
});

const bearer = async (claims: Readonly<Record<string, unknown>>): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await service.issuer.token(claims)}`,
});
const receipt = (headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(service.app.request(PLACE, { headers }));

describe("what an organ said to the warnings of its report", () => {
  it("is not in the receipt that the world reads", async () => {
    const response = await receipt();
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("vary")).toContain("authorization");
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      uscc: USCC,
      version: 1,
      findings: [{ id: "N-LENGTH" }, { id: "F-DATE" }],
    });
    expect(text).not.toContain(SAID);
    expect(text).not.toContain("explanations");
  });

  it.each<[string, Record<string, unknown>]>([
    ["the organ", { nianbao_organs: [USCC] }],
    ["its division", { nianbao_divisions: ["3715"] }],
    ["its province, to withdraw alone", { nianbao_divisions: "37", nianbao_actions: "withdraw" }],
  ])("is in the receipt for those who act for %s, which nobody else keeps or reads", async (_, claims) => {
    const response = await receipt(await bearer(claims));
    expect((await response.json()).explanations).toEqual({ "F-DATE": SAID });
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });

  it.each<[string, Record<string, unknown>]>([
    ["another organ", { nianbao_organs: ["11330100002489015P"] }],
    ["another city", { nianbao_divisions: ["3701"] }],
    ["nobody", {}],
    ["the organ, without a right", { nianbao_organs: [USCC], nianbao_actions: [] }],
  ])("is not in the receipt for those who act for %s", async (_, claims) => {
    const response = await receipt(await bearer(claims));
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain("explanations");
  });

  it("is asked for with a token that can be trusted, or with none", async () => {
    for (const authorization of ["Bearer x", `Bearer ${await service.issuer.token({ exp: 1 })}`, "Basic YTpi"]) {
      const response = await receipt({ authorization });
      expect(response.status).toBe(401);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  it("comes back to whoever files it again, or files something else", async () => {
    const again = await service.post("/reports", report);
    expect(again.status).toBe(200);
    expect((await again.json()).explanations).toEqual({ "F-DATE": SAID });
    const other = await service.post("/reports", { ...report, signed: "2021-04-21" });
    expect(other.status).toBe(409);
    expect((await other.json()).receipt.explanations).toEqual({ "F-DATE": SAID });
  });

  it("is in no file that is published, of a correction neither, nor in what is made of the records", async () => {
    const corrected = { ...report, signed: "2021-04-22" };
    const body = { supersedes: 1, reason: "日期有误。", report: corrected };
    expect((await service.post(`${PLACE}/corrections`, body)).status).toBe(201);
    const pages = allPages(machinePages("https://example.org"), portalPages({ publicUrl: "https://example.org" }));
    expect((await reindex({ store: service.store, pages }, { all: true })).failed).toEqual([]);
    let files = 0;
    for await (const { key } of service.store.list("published/")) {
      const { body: bytes, headers } = (await service.store.get(key))!;
      const text = Buffer.from(bytes).toString();
      expect(text.includes(SAID), key).toBe(false);
      // The schemas have the name of the field.
      expect(text.includes("explanations"), key).toBe(key.startsWith("published/schemas/report-"));
      expect(JSON.stringify(headers)).not.toContain("explanations");
      files += 1;
    }
    expect(files).toBeGreaterThan(20);
  });
});
