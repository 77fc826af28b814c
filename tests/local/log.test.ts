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
import { startTestLocal, type TestLocal } from "../support/local.ts";
import { example, withoutCounts } from "../support/service.ts";

const PLACE = "11371500MB28560185/2020";

let local: TestLocal;
beforeAll(async () => {
  local = await startTestLocal();
  expect((await local.file(withoutCounts(await example("liaocheng-2020")))).status).toBe(201);
  await local.indexed();
});
afterAll(() => local?.close());

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
