/** A log whose key is replaced: for a while two keys sign, so that who knows either need not change at that moment. */
import { describe, expect, it } from "vitest";
import { fsck } from "../../src/fsck/fsck.ts";
import type { Problem } from "../../src/fsck/problems.ts";
import { openCheckpoint } from "../../src/log/checkpoint.ts";
import { type Signer, signerOf } from "../../src/log/ed25519.ts";
import { readNote, vkeyOf } from "../../src/log/note.ts";
import { claimOf } from "../../src/log/verify.ts";
import type { PublicationRecord } from "../../src/publish/record.ts";
import { keysOf, type LogIdentity } from "../../src/sequence/identity.ts";
import { CHECKPOINT_KEY, PUBLIC_KEY_KEY, proofKey } from "../../src/sequence/keys.ts";
import { appendRecords } from "../../src/sequence/sequencer.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { commit } from "../support/records.ts";

const [first, second] = [await signerOf(new Uint8Array(32).fill(1)), await signerOf(new Uint8Array(32).fill(2))];
const by = (...signers: readonly Signer[]): LogIdentity => ({ origin: "example.org/log", signers });
const keyOf = (signer: Signer) => keysOf(by(signer))[0]!;

const recordOf = (store: MemoryStore, year: number): Promise<PublicationRecord> =>
  commit(store, {
    uscc: "11371500MB28560185",
    year,
    version: 1,
    kind: "original",
    organ: "示例机关",
    received: 9,
    day: 20,
  });
const text = (store: MemoryStore, key: string): string => new TextDecoder().decode(store.objects.get(key)!.body);

/** A log of one record by the first key, then of two by both, then of three by the second alone. */
async function rotated(steps: number) {
  const store = new MemoryStore();
  for (const [i, log] of [by(first), by(second, first), by(second)].slice(0, steps).entries())
    await appendRecords(store, log, [await recordOf(store, 2020 + i)]);
  return store;
}

describe("the rotation of a log's key", () => {
  it("has both keys sign, either of which is enough to know the log, and shows both, the present one first", async () => {
    const store = await rotated(2);
    const checkpoint = text(store, CHECKPOINT_KEY);
    for (const signer of [first, second])
      expect(await openCheckpoint(checkpoint, [keyOf(signer)])).toMatchObject({ size: 2 });
    expect(text(store, PUBLIC_KEY_KEY)).toBe(`${vkeyOf(keyOf(second))}\n${vkeyOf(keyOf(first))}\n`);
  });

  it("ends with the new key alone: who knows only the old one is told so, and nobody who lists both is", async () => {
    const store = await rotated(3);
    const checkpoint = text(store, CHECKPOINT_KEY);
    expect(await openCheckpoint(checkpoint, [keyOf(first)])).toBeUndefined();
    expect(await openCheckpoint(checkpoint, [keyOf(second)])).toMatchObject({ size: 3 });
    expect(await openCheckpoint(checkpoint, [keyOf(first), keyOf(second)])).toMatchObject({ size: 3 });
    expect(readNote(checkpoint)!.signatures).toHaveLength(1);
    expect(text(store, PUBLIC_KEY_KEY)).toBe(`${vkeyOf(keyOf(second))}\n`);
  });

  it("signs what was signed before anew when it begins, with nothing to append", async () => {
    const store = await rotated(1);
    const { text: signed } = readNote(text(store, CHECKPOINT_KEY))!;
    await appendRecords(store, by(second, first), [await recordOf(new MemoryStore(), 2020)]);
    const note = readNote(text(store, CHECKPOINT_KEY))!;
    expect([note.text, note.signatures.length]).toEqual([signed, 2]);
  });

  it("is not begun by somebody who has another key alone", async () => {
    const store = await rotated(1);
    const before = text(store, CHECKPOINT_KEY);
    await expect(appendRecords(store, by(second), [await recordOf(store, 2021)])).rejects.toThrow("another key's");
    expect(text(store, CHECKPOINT_KEY)).toBe(before);
  });

  it("leaves old proofs as they are while the old key counts, and has fsck write them anew after", async () => {
    const store = await rotated(3);
    const key = proofKey({ uscc: "11371500MB28560185", year: 2020 }, 1);
    const kept = text(store, key);
    const look = async (...signers: readonly Signer[]) => {
      const found: string[] = [];
      const onProblem = ({ kind, mended }: Problem): number => found.push(`${kind}${mended ? " mended" : ""}`);
      await fsck(store, { log: keysOf(by(...signers)), mend: true, settle: 0, onProblem });
      return found.filter((line) => line.startsWith("proof"));
    };
    expect(await look(second, first)).toEqual([]);
    expect(text(store, key)).toBe(kept);
    expect(await look(second)).toEqual(["proof-damaged mended"]);
    const renewed = claimOf(text(store, key))!;
    expect(await openCheckpoint(renewed.proof.checkpoint, [keyOf(second)])).toMatchObject({ size: 3 });
    expect(await look(second)).toEqual([]);
    // What somebody kept of it holds for who has the old key.
    expect(await openCheckpoint(claimOf(kept)!.proof.checkpoint, [keyOf(first)])).toMatchObject({ size: 1 });
  });
});
