/** What a reader can prove of a publication, by what `npm start` serves alone. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { sha256 } from "../../src/basics/hash.ts";
import { readBundle } from "../../src/log/bundle.ts";
import { openCheckpoint } from "../../src/log/checkpoint.ts";
import { readEntry } from "../../src/log/entry.ts";
import { leafHash } from "../../src/log/hash.ts";
import { readVkey } from "../../src/log/note.ts";
import { verifyInclusion } from "../../src/log/proof.ts";
import { nodesOfTiles } from "../../src/log/tiles.ts";
import { inclusionProof } from "../../src/log/tree.ts";
import { claimOf } from "../../src/log/verify.ts";
import type { Receipt } from "../../src/publish/record.ts";
import { startTestLocal, type TestLocal } from "../support/local.ts";
import { example, withoutCounts } from "../support/service.ts";

const PLACE = "11371500MB28560185/2020";

let local: TestLocal;
let receipt: Receipt;
beforeAll(async () => {
  local = await startTestLocal();
  const answer = await local.file(withoutCounts(await example("liaocheng-2020")));
  expect(answer.status).toBe(201);
  receipt = (await answer.json()) as Receipt;
  await local.indexed();
});
afterAll(() => local?.close());

it("says in the receipt where the version will be proved, and once it is in the log that it is", async () => {
  const log = {
    verify: `${local.url}/verify.html#${PLACE}/v1`,
    proof: `${local.url}/${PLACE}/v1/record.tlog-proof`,
  };
  expect(receipt.log).toEqual(log);
  const now = (await (await get(`reports/${PLACE}`)).json()) as Receipt;
  expect(now.log).toEqual({ ...log, logged: true });
  expect(await (await fetch(log.verify)).text()).toContain("核验公布的文件");
});

it("has a proof beside the files that needs nothing but the log's key, and what leads there from each file", async () => {
  const written = await (await fetch(receipt.log!.proof)).text();
  const { entry, proof } = claimOf(written)!;
  const key = readVkey((await (await get("log/key")).text()).trim())!;
  expect(await openCheckpoint(proof.checkpoint, [key])).toMatchObject({ size: 1 });
  expect(entry).toMatchObject({ uscc: receipt.uscc, year: 2020, version: 1, record: receipt.record });
  expect(entry.files).toEqual(receipt.artefacts.map(({ name, sha256: hash }) => ({ name, sha256: hash })));
  for (const { sha256: hash } of entry.files)
    expect(await (await get(`log/files/${hash}.json`)).json()).toEqual({ uscc: receipt.uscc, year: 2020, version: 1 });
});

const get = (path: string): Promise<Response> => fetch(`${local.url}/${path}`);
const read = async (path: string): Promise<Uint8Array | undefined> => {
  const answer = await get(`log/${path}`);
  return answer.ok ? answer.bytes() : undefined;
};

it("leads from a published PDF to the signed checkpoint", async () => {
  const key = readVkey((await (await get("log/key")).text()).trim())!;
  const answer = await get("log/checkpoint");
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  const head = (await openCheckpoint(await answer.text(), [key]))!;
  expect([head.origin, head.size]).toEqual(["localhost/nianbao/log", 1]);

  const { index } = (await (await get(`log/leaves/${PLACE}/1.json`)).json()) as { readonly index: number };
  const leaf = (await readBundle(0, head.size, read))[index]!;
  const proof = await inclusionProof(index, head.size, nodesOfTiles(head.size, read));
  expect(verifyInclusion(leafHash(leaf), index, proof, head)).toBe(true);
  const pdf = await (await get(`${PLACE}/v1/report.pdf`)).bytes();
  expect(readEntry(leaf)!.files).toContainEqual({ name: "report.pdf", sha256: sha256(pdf) });
});
