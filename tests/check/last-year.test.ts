import { beforeAll, describe, expect, it } from "vitest";
import { example, type MutableReport, ofYear, type Service, startService, withoutCounts } from "../support/service.ts";

let service: Service;
let report: MutableReport;

/** 杭州市 in 2024 as its 2025 report implies it: what was carried over and what was in force. */
async function lastYear(): Promise<MutableReport> {
  const last = withoutCounts(await example("hangzhou-2025"));
  last["year"] = 2024;
  last["signed"] = "2025-01-24";
  last["preamble"] = ofYear(last["preamble"], 2024);
  // A narrative of its own that treats what it has to, so that nothing is repeated.
  const text =
    "主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障都有专人；社会评议由统计部门入户访问，列出意见清单逐条销号。";
  last["overview"].body = [{ type: "paragraph", text }];
  last["problems"].body = [
    {
      type: "paragraph",
      text: "旧楼窗口狭窄，轮椅进出困难，冬天排队的人站在室外；已另租一层铺面，装坡道和暖气，春节之后搬迁，腾出原址存放档案。",
    },
  ];
  for (const [column, carriedIn] of Object.entries(report["requests"].carriedIn as Record<string, number>)) {
    // Balanced by what was received.
    const difference = carriedIn - last["requests"].carriedOut[column];
    last["requests"].carriedOut[column] = carriedIn;
    last["requests"].received[column] += difference;
  }
  for (const row of ["rules", "normativeDocuments"]) {
    const { made, repealed, inForce } = report["disclosure"][row];
    last["disclosure"][row].inForce = inForce - made + repealed;
  }
  return last;
}

/** What is found but for what informs on the narrative: its length, and how much of it is last year's. */
const found = ({ findings }: { readonly findings: readonly { readonly id: string; readonly level: string }[] }) =>
  findings.filter(({ id }) => !["N-LENGTH", "Y-REPEAT"].includes(id)).map(({ id, level }) => [id, level]);

beforeAll(async () => {
  service = await startService();
  report = withoutCounts(await example("hangzhou-2025"));
});

describe("once last year's report is published", () => {
  beforeAll(async () => {
    const response = await service.post("/reports", await lastYear());
    expect(response.status, await response.clone().text()).toBe(201);
  });

  it("this year's is compared with it", async () => {
    const response = await service.post("/reports?dryRun=true", report);
    expect(response.status).toBe(200);
    const answer = await response.json();
    expect(answer.comparedWithLastYear).toBe(true);
    expect(found(answer)).toEqual([]);
    // How much of the narrative is last year's is always shown.
    expect(answer.findings.filter(({ id }: { id: string }) => id === "Y-REPEAT")).toMatchObject([
      { level: "information", message: expect.stringMatching(/^正文与上年相同的占\d+%/) },
    ]);
    expect(answer.note).toBeUndefined();
  });

  it("a stock that does not follow informs: clean-ups change it too", async () => {
    const odd = structuredClone(report);
    odd["disclosure"].rules.inForce = 75;
    const answer = await (await service.post("/reports?dryRun=true", odd)).json();
    expect(answer.unexplained).toEqual([]);
    expect(found(answer)).toEqual([["T2-STOCK", "information"]]);
  });

  it("a figure carried in that was not carried out is a warning with last year's cell beside it, to be explained before it is published", async () => {
    const odd = structuredClone(report);
    odd["requests"].carriedIn.research = 3;
    odd["requests"].carriedIn.total += 3;
    odd["requests"].carriedOut.research = 3;
    odd["requests"].carriedOut.total += 3;
    const unexplained = await service.post("/reports", odd);
    expect(unexplained.status).toBe(422);
    const problem = await unexplained.json();
    expect(problem).toMatchObject({ title: "警告需要说明", unexplained: ["Y-CARRY"] });
    expect(problem.detail).toContain("Y-CARRY");
    expect(found(problem)).toEqual([
      ["Y-CARRY", "warning"],
      ["Y-CARRY", "warning"],
    ]);
    const [finding] = problem.findings.filter(({ id }: { id: string }) => id === "Y-CARRY");
    expect(finding.message).toBe("表三“科研机构”列：二（3），上年四（0），相差3");
    expect(finding.cells[1]).toMatchObject({
      of: "previous",
      pointer: "/requests/carriedOut/research",
      value: 0,
    });
    expect((await service.app.request("/reports/11330100002489015P/2025")).status).toBe(404);
    expect(await (await service.post("/reports?dryRun=true", odd)).json()).toMatchObject({ unexplained: ["Y-CARRY"] });

    odd["explanations"] = { "Y-CARRY": "上年漏计三件，本年补计。" };
    const response = await service.post("/reports", odd);
    expect(response.status).toBe(201);
    const receipt = await response.json();
    expect(receipt.explanations).toEqual({ "Y-CARRY": "上年漏计三件，本年补计。" });
    expect(found(receipt)).toEqual([
      ["Y-CARRY", "warning"],
      ["Y-CARRY", "warning"],
    ]);
  });
});
