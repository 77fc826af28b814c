import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  filesOf,
  hashesOf,
  journalOf,
  newFolder,
  pageOf,
  runBatch,
  startBatch,
  summaryOf,
  writeFiles,
} from "../support/batch.ts";
import { type DistinctReport, distinctReport } from "../support/distinct.ts";
import { type Service, startService } from "../support/service.ts";

const json = (value: unknown): string => JSON.stringify(value);
// biome-ignore lint/suspicious/noExplicitAny: a report that is made otherwise
function changed(number: number, change: (report: any) => void): DistinctReport {
  const report = structuredClone(distinctReport(number));
  change(report);
  return report;
}

describe("nianbao batch --submit", () => {
  let service: Service;
  let url = "";
  let token = "";
  /** Told of every submission before it is carried out. */
  let onSubmission: (count: number) => void = () => {};
  let submissions = 0;

  beforeAll(async () => {
    service = await startService();
    token = service.authorization.replace(/^Bearer /, "");
    const server = serve({
      fetch: async (request) => {
        if (request.method === "POST") {
          submissions += 1;
          onSubmission(submissions);
        }
        return service.app.fetch(request);
      },
      hostname: "127.0.0.1",
      port: 0,
    });
    await new Promise((resolve) => server.once("listening", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    afterAll(() => void server.close());
  });

  const args = (reports: string, out: string, ...more: string[]): string[] => [
    ...[reports, "-o", out, "--submit", "--server", url, ...more],
  ];
  const submit = (reports: string, out: string, ...more: string[]) =>
    runBatch(args(reports, out, ...more), { NIANBAO_TOKEN: token });
  const versions = async (number: number): Promise<number> => {
    const { uscc } = distinctReport(number).organ;
    let count = 0;
    for await (const _ of service.store.list(`records/${uscc}/`)) count += 1;
    return count;
  };

  it("publishes what is sound, holds back what was assumed, and sends nothing twice", async () => {
    const root = newFolder();
    const out = join(root, "out");
    const blank = new TextDecoder()
      .decode(pageOf(distinctReport(105)))
      .replace(/(其他法律行政法规禁止公开.*?<td class="figure">)0(<\/td>)/s, "$1$2");
    const reports = writeFiles(join(root, "reports"), {
      "一.json": json(distinctReport(101)),
      "二.html": pageOf(distinctReport(102)),
      "错.json": json(changed(103, (r) => (r.requests.received.total += 1))),
      "晚.json": json(changed(104, (r) => (r.signed = "2021-03-01"))),
      "空格.html": blank,
    });
    const { status, stdout } = await submit(reports, out);
    expect(stdout).toMatch(/2 {2}已公布/);
    expect(status).toBe(1);
    const files = filesOf(summaryOf(out));
    expect(files.get("一.json")?.submission).toMatchObject({ outcome: "published", version: 1 });
    expect(files.get("二.html")?.submission?.url).toContain(`/${distinctReport(102).organ.uscc}/2020/v1/report.html`);
    expect(files.get("错.json")).toMatchObject({ outcome: "errors" });
    expect(files.get("晚.json")).toMatchObject({ outcome: "unexplained" });
    expect(files.get("空格.html")?.submission).toMatchObject({ outcome: "held" });
    expect(files.get("空格.html")?.findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["I-BLANK", "B-ASSUMED"]),
    );
    expect(await Promise.all([101, 102, 103, 104, 105].map(versions))).toEqual([1, 1, 0, 0, 0]);

    const before = submissions;
    await submit(reports, out);
    expect(submissions).toBe(before);

    await submit(reports, out, "--accept-assumptions");
    expect(submissions).toBe(before + 1);
    expect(await versions(105)).toBe(1);
  });

  it("killed while it submits, publishes everything once when it is run again", async () => {
    const root = newFolder();
    const numbers = [201, 202, 203, 204, 205, 206, 207, 208];
    const reports = writeFiles(
      join(root, "reports"),
      Object.fromEntries(numbers.map((number) => [`${number}.json`, json(distinctReport(number))])),
    );
    const out = join(root, "out");
    const [first] = [submissions];
    const run = startBatch(args(reports, out), { NIANBAO_TOKEN: token });
    onSubmission = (count) => {
      if (count === first + 4) run.process.kill("SIGKILL");
    };
    expect((await run.ended).status).toBe(null);
    onSubmission = () => {};
    expect(journalOf(out).filter(({ step }) => step === "submit").length).toBeLessThan(numbers.length);

    expect((await submit(reports, out)).status).toBe(0);
    expect(await Promise.all(numbers.map(versions))).toEqual(numbers.map(() => 1));
    const again = join(root, "again");
    expect((await submit(reports, again)).status).toBe(0);
    expect(await Promise.all(numbers.map(versions))).toEqual(numbers.map(() => 1));
    expect(hashesOf(again)).toEqual(hashesOf(out));
  });

  it("does not overwrite what is published, and says so", async () => {
    const root = newFolder();
    const reports = writeFiles(join(root, "reports"), { "一.json": json(distinctReport(301)) });
    expect((await submit(reports, join(root, "out"))).status).toBe(0);
    writeFiles(reports, { "一.json": json(distinctReport(301, 1)) });
    const { status } = await submit(reports, join(root, "out"));
    expect(status).toBe(1);
    const file = filesOf(summaryOf(join(root, "out"))).get("一.json");
    expect(file?.submission?.outcome).toBe("refused");
    expect(file?.findings.map(({ id }) => id)).toContain("B-CONFLICT");
  });

  it("stops when the token is not taken, and goes on with one that is", async () => {
    const root = newFolder();
    const reports = writeFiles(join(root, "reports"), {
      "一.json": json(distinctReport(401)),
      "二.json": json(distinctReport(402)),
    });
    const out = join(root, "out");
    const refused = await runBatch(args(reports, out), { NIANBAO_TOKEN: "none" });
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain("令牌");
    expect(refused.stderr).toContain("再次运行同一条命令");
    const lines = journalOf(out).length;
    expect((await submit(reports, out)).status).toBe(0);
    expect(journalOf(out)).toHaveLength(lines + 2);
  });

  it("stops when nobody answers", { timeout: 120_000 }, async () => {
    const root = newFolder();
    const reports = writeFiles(join(root, "reports"), { "一.json": json(distinctReport(501)) });
    const { status, stderr } = await runBatch(
      [reports, "-o", join(root, "out"), "--submit", "--server", "http://127.0.0.1:9399"],
      { NIANBAO_TOKEN: token },
    );
    expect(stderr).toContain("没有回应");
    expect(status).toBe(2);
  });
});
