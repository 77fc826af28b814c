/** A witness by cron, over the log as a site serves it: what it cosigns, and what it refuses for good. */
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { witnessCommand } from "../../cli/commands/witness.ts";
import { LOOPBACK, listen, portOf } from "../../server/listen.ts";
import { createSite } from "../../server/site.ts";
import { sha256 } from "../../src/basics/hash.ts";
import { openCheckpoint } from "../../src/log/checkpoint.ts";
import { type Signer, signerOf } from "../../src/log/ed25519.ts";
import { readVkey, vkeyOf } from "../../src/log/note.ts";
import { derivePublic } from "../../src/publish/public.ts";
import { keysOf, type LogIdentity } from "../../src/sequence/identity.ts";
import { CHECKPOINT_KEY, logKey } from "../../src/sequence/keys.ts";
import { appendRecords } from "../../src/sequence/sequencer.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { commit } from "../support/records.ts";

const log: LogIdentity = { origin: "example.org/log", signers: [await signerOf(new Uint8Array(32).fill(5))] };
const WANTED = {
  uscc: "11371500MB28560185",
  year: 2020,
  version: 1,
  kind: "original",
  organ: "示例机关",
  received: 9,
  day: 20,
} as const;
const NAME = "paper.example.cn";

let store: MemoryStore;
let server: Server;
let folder: string;

/** Publishes reports of some years, and logs them. */
async function publish(received: number, ...years: readonly number[]): Promise<void> {
  for (const year of years) {
    const record = await commit(store, { ...WANTED, year, received });
    await derivePublic(store, [record]);
    await appendRecords(store, log, [record]);
  }
}

beforeEach(async () => {
  store = new MemoryStore();
  folder = await mkdtemp(join(tmpdir(), "nianbao-witness-"));
  server = listen(
    async (request) => createSite(store).fetch(request),
    { port: 0, hostname: "127.0.0.1", hosts: LOOPBACK },
    () => {},
  );
  await once(server, "listening");
  await publish(9, 2020, 2021);
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  server.close();
  await rm(folder, { recursive: true, force: true });
});

async function witness() {
  const said = { out: "", err: "" };
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said.out += String(text);
    return true;
  });
  vi.spyOn(console, "error").mockImplementation((text) => void (said.err += `${text}\n`));
  process.exitCode = 0;
  const args = [`http://127.0.0.1:${portOf(server)}/`, "--folder", folder, "--name", NAME];
  await witnessCommand().parseAsync(args, { from: "user" });
  const { exitCode: code } = process;
  vi.restoreAllMocks();
  process.exitCode = 0;
  return { code, ...said };
}

const kept = (name: string): Promise<string> => readFile(join(folder, name), "utf8");

describe.sequential("nianbao witness", () => {
  it("cosigns what goes on from the last checkpoint, and keeps it", async () => {
    const first = await witness();
    const key = readVkey(/\S+\n$/.exec(first.err)![0].trim())!;
    expect([key.name, key.kind, first.code]).toEqual([NAME, "cosignature", 0]);
    const opened = await openCheckpoint(first.out, keysOf(log), [key]);
    expect(opened).toMatchObject({ size: 2, signed: [{ verifier: { name: log.origin } }, { verifier: key }] });
    expect(Math.abs(opened!.signed[1]!.time! - Date.now() / 1000)).toBeLessThan(600);
    expect((await stat(join(folder, "witness-key"))).mode & 0o777).toBe(0o600);

    await publish(9, 2022);
    const second = await witness();
    expect(await openCheckpoint(second.out, keysOf(log), [key])).toMatchObject({ size: 3 });
    expect(await kept("checkpoint")).toBe(second.out);
    // As a witness serves it (tlog-witness), and with all that was ever logged.
    expect(await kept(`public/${sha256(log.origin)}/checkpoint`)).toBe(second.out);
    expect((await kept("entries")).split("\n").map((line) => line && JSON.parse(line).year)).toEqual([
      2020,
      2021,
      2022,
      "",
    ]);
    expect((await witness()).code).toBe(0);
  });

  it("refuses a log that was written anew with its own key, whether longer, as long or shorter, and keeps what it showed", async () => {
    await witness();
    const before = await kept("checkpoint");
    for (const years of [[2020], [2020, 2021], [2020, 2021, 2022]]) {
      store = new MemoryStore();
      await publish(10, ...years);
      const { code, out, err } = await witness();
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain("it was rewritten");
      expect(await kept("checkpoint")).toBe(before);
      expect(await kept("refused")).toBe(new TextDecoder().decode(store.objects.get(CHECKPOINT_KEY)!.body));
    }
  });

  it("goes on over a change of the log's key when it is told the new one, and not because it stands beside the old", async () => {
    await witness();
    const [old] = log.signers;
    const next = await signerOf(new Uint8Array(32).fill(6));
    const by = async (year: number, ...signers: readonly Signer[]): Promise<void> => {
      const record = await commit(store, { ...WANTED, year });
      await derivePublic(store, [record]);
      await appendRecords(store, { ...log, signers }, [record]);
    };
    await by(2022, next, old!);
    expect((await witness()).code).toBe(0);
    expect((await kept("log-key")).trim().split("\n")).toHaveLength(1);
    await by(2023, next);
    expect(await witness()).toMatchObject({ code: 1, err: expect.stringContaining("not signed by the log's key") });
    await appendFile(join(folder, "log-key"), `${vkeyOf(keysOf({ ...log, signers: [next] })[0]!)}\n`);
    expect(await witness()).toMatchObject({ code: 0, out: expect.stringContaining("example.org/log\n4\n") });
  });

  it("refuses another key than the first, and tiles that are not those of the checkpoint", async () => {
    await witness();
    const tile = logKey("tile/0/000.p/2");
    const was = store.objects.get(tile)!;
    await store.put(tile, new Uint8Array(64), was.headers);
    expect(await witness()).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("the tiles are not those"),
    });
    const other = { ...log, signers: [await signerOf(new Uint8Array(32).fill(6))] };
    store = new MemoryStore();
    await appendRecords(store, other, [await commit(store, WANTED)]);
    expect(await witness()).toMatchObject({ code: 1, err: expect.stringContaining("not signed by the log's key") });
  });
});
