/** The PDF that a filing would publish, asked for before it is published: the same bytes, for who may publish, nothing kept. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { example, type MutableReport, startService } from "../support/service.ts";

const service = await startService();
const sha256 = (bytes: ArrayBuffer): string => createHash("sha256").update(new Uint8Array(bytes)).digest("hex");

/** What a receipt says of the PDF. */
async function publishedPdf(answer: Response): Promise<string> {
  expect(answer.status).toBe(201);
  const { artefacts } = (await answer.json()) as { artefacts: { name: string; sha256: string }[] };
  return artefacts.find(({ name }) => name === "report.pdf")!.sha256;
}

async function stored(): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of service.store.list("")) keys.push(key);
  return keys;
}

test("of a report and of its correction: the bytes that are published, and nothing is stored before", async () => {
  const report = await example("hangzhou-2025");
  const before = await stored();
  const shown = await service.post("/reports?pdf=true", report);
  expect([shown.status, shown.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  const hash = sha256(await shown.arrayBuffer());
  expect(await stored()).toEqual(before);
  expect(await publishedPdf(await service.post("/reports", report))).toBe(hash);

  const corrected: MutableReport = structuredClone(report);
  corrected["overview"].body[0].text = "更正后的一句话。";
  const body = { supersedes: 1, reason: "原文有一处表述不准确。", report: corrected };
  const path = `/reports/${report["organ"].uscc}/2025/corrections`;
  const of = await service.post(`${path}?pdf=true`, body);
  expect(of.status).toBe(200);
  const corrects = sha256(await of.arrayBuffer());
  expect(await publishedPdf(await service.post(path, body))).toBe(corrects);
});

test("is refused as the filing would be: to who may not publish, and of what could not be published", async () => {
  const report = await example("liaocheng-2020");
  const other = { authorization: `Bearer ${await service.issuer.token({ nianbao_organs: ["11330100002489015P"] })}` };
  expect((await service.post("/reports?pdf=true", report, other)).status).toBe(403);
  expect((await service.post("/reports?pdf=true", report, { authorization: "" })).status).toBe(401);
  const late = { ...report, signed: "2021-05-20" };
  const unexplained = await service.post("/reports?pdf=true", late);
  expect([unexplained.status, await unexplained.json()]).toMatchObject([422, { unexplained: ["F-DATE"] }]);
  const none = { supersedes: 1, reason: "原文有误。", report };
  expect((await service.post(`/reports/${report["organ"].uscc}/2020/corrections?pdf=true`, none)).status).toBe(404);
});
