import { describe, expect, it } from "vitest";
import { appOn } from "../support/app.ts";
import { CountingBucket } from "../support/counting-bucket.ts";
import { distinctReport } from "../support/distinct.ts";

const EVERYWHERE = { sub: "clerk", divisions: ["11", "12", "13"] };
const report = distinctReport(1);
const { uscc } = report.organ;
const PLACE = `${uscc}/${report.year}`;
const CORRECTIONS = `/reports/${PLACE}/corrections`;
const correction = { supersedes: 1, reason: "核对后更正文字。", report: distinctReport(1, 1) };

/** What a filing asks of its store, in rounds that wait for one another: by verb and the first folder of the key. */
async function calls(bucket: CountingBucket, path: string, body: unknown): Promise<Record<string, number>[]> {
  bucket.rounds = [];
  const answer = await appOn(bucket.store()).ask("POST", path, body, EVERYWHERE);
  expect(answer.status, await answer.clone().text()).toBe(201);
  return bucket.rounds.map((round) => {
    const kinds = round.map((call) => call.split("/")[0]!);
    return Object.fromEntries([...new Set(kinds)].map((kind) => [kind, kinds.filter((k) => k === kind).length]));
  });
}

describe("what a publication asks of its store", () => {
  it("a lone report is 32 calls in 6 rounds: all that is read before it, its files, its record, what readers get", async () => {
    const bucket = new CountingBucket();
    expect(await calls(bucket, "/reports", report)).toEqual([
      { "GET policies": 4, "GET records": 2, "GET rosters": 3, "GET seals": 1 },
      { "PUT artefacts": 5 },
      { "PUT records": 1 },
      { "GET records": 1 },
      { "PUT published": 13 },
      { "GET records": 1, "PUT published": 1 },
    ]);
    const keys = bucket.requests.map(({ method, key }) => `${method} ${key}`);
    // The record alone is asked for again: whether it is free, and what lies there in the end.
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([`GET records/${PLACE}/000001.json`]);
  });

  it("a correction of it is 45 calls in 9 rounds: it reads the version that it corrects, and what lies at its addresses", async () => {
    const bucket = new CountingBucket();
    await calls(bucket, "/reports", report);
    expect(await calls(bucket, CORRECTIONS, correction)).toEqual([
      { "GET policies": 4, "GET published": 1, "GET records": 3, "GET rosters": 3, "GET seals": 1 },
      { "GET artefacts": 1 },
      { "PUT artefacts": 6 },
      { "PUT records": 1 },
      { "GET records": 1 },
      { "GET published": 7, "PUT published": 7 },
      { "PUT published": 7 },
      { "GET published": 1, "GET records": 1 },
      { "PUT published": 1 },
    ]);
  });

  it("a redaction is 64 calls in 18 rounds: it puts others in the place of files of both versions", async () => {
    const bucket = new CountingBucket();
    await calls(bucket, "/reports", report);
    await calls(bucket, CORRECTIONS, correction);
    const redaction = { reason: "其中有个人信息。" };
    const rounds = await calls(bucket, `/reports/${PLACE}/versions/1/redaction`, redaction);
    expect(rounds).toHaveLength(18);
    expect(rounds.flatMap((round) => Object.values(round)).reduce((sum, count) => sum + count)).toBe(64);
  });

  it("hashes a file once: what its name says is what its writing is signed with", async () => {
    const bucket = new CountingBucket();
    await calls(bucket, "/reports", report);
    const artefacts = bucket.requests.filter(({ key, method }) => method === "PUT" && key.startsWith("artefacts/"));
    expect(artefacts.map(({ headers }) => headers["x-amz-content-sha256"])).toEqual(
      artefacts.map(({ key }) => key.split("/").at(-1)),
    );
  });
});
