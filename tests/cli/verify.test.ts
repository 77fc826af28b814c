/** From a file to the signed checkpoint, as a reader does it who has the command and the site's address. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logIdentityFromEnvironment } from "../../functions/sequencing.ts";
import { openCheckpoint, signCheckpoint } from "../../src/log/checkpoint.ts";
import { entryBytes, type LogEntry } from "../../src/log/entry.ts";
import { readNote, vkeyOf } from "../../src/log/note.ts";
import { readProof, writeProof } from "../../src/log/tlog-proof.ts";
import { keysOf, type LogIdentity } from "../../src/sequence/identity.ts";
import { CHECKPOINT_KEY, PUBLIC_KEY_KEY, proofKey } from "../../src/sequence/keys.ts";
import { openShell, type Shell } from "../support/command.ts";
import { startTestLocal, type TestLocal } from "../support/local.ts";
import { example, withoutCounts } from "../support/service.ts";

const PLACE = "11371500MB28560185/2020";
const PDF = `published/${PLACE}/report.pdf`;

let local: TestLocal;
let shell: Shell;
let log: LogIdentity;
let pdf: Uint8Array;
beforeAll(async () => {
  [local, shell] = await Promise.all([startTestLocal(), openShell()]);
  expect((await local.file(withoutCounts(await example("liaocheng-2020")))).status).toBe(201);
  await local.indexed();
  log = await logIdentityFromEnvironment().log!();
  pdf = (await local.store.get(PDF))!.body;
  await shell.write("report.pdf", pdf);
  await shell.write("then.txt", (await local.store.get(CHECKPOINT_KEY))!.body);
});
afterAll(() => local?.close());

const verify = (...args: readonly string[]) => shell.run(["verify", ...args]);
const address = (): string => `${local.url}/${PLACE}/v1/report.pdf`;

/** Puts something else in an object's place for as long as the work takes. */
async function exchanged<T>(key: string, body: Uint8Array | string, work: () => Promise<T>): Promise<T> {
  const was = (await local.store.get(key))!;
  await local.store.put(key, body, was.headers);
  try {
    return await work();
  } finally {
    await local.store.put(key, was.body, was.headers);
  }
}

describe.sequential("nianbao verify", () => {
  it("proves what is at an address, and a file that somebody has, and writes the proof", async () => {
    const online = await verify(address());
    expect(online.stdout).toBe(
      "通过：11371500MB28560185 2020年度第1版的 report.pdf，公布日志第0条（共1条，localhost/nianbao/log）。\n",
    );
    expect([online.code, online.stderr]).toEqual([0, expect.stringContaining("公钥是网站自己给的")]);
    const key = vkeyOf(keysOf(log)[0]!);
    const kept = await verify("report.pdf", "--site", `${local.url}/`, "--key", key, "--since", "then.txt", "-o", "-");
    expect([kept.code, kept.stderr]).toEqual([0, ""]);
    const [said, since, ...proof] = kept.stdout.split("\n");
    expect([said, since]).toEqual([online.stdout.trim(), "日志从以前的检查点接着写。"]);
    const { index, checkpoint } = readProof(proof.join("\n"))!;
    expect(index).toBe(0);
    expect(await openCheckpoint(checkpoint, keysOf(log))).toMatchObject({ size: 1 });
  });

  it("does not prove a file that was changed, there or here", async () => {
    const changed = pdf.slice();
    changed[changed.length - 10]! ^= 1;
    await shell.write("changed.pdf", changed);
    const here = await verify("changed.pdf", "--site", local.url);
    expect([here.code, here.stdout]).toEqual([1, expect.stringContaining("不通过")]);
    const there = await exchanged(`published/${PLACE}/v1/report.pdf`, changed, () => verify(address()));
    expect([there.code, there.stdout]).toEqual([1, "不通过：公布日志里没有这个内容的文件\n"]);
  });

  it("does not believe a log whose entry was exchanged to fit", async () => {
    const key = proofKey({ uscc: "11371500MB28560185", year: 2020 }, 1);
    const written = new TextDecoder().decode((await local.store.get(key))!.body);
    const { extra, ...proof } = readProof(written)!;
    const entry = JSON.parse(new TextDecoder().decode(extra)) as LogEntry;
    const forged = writeProof({ ...proof, extra: entryBytes({ ...entry, record: "a".repeat(64) }) });
    const { code, stdout } = await exchanged(key, forged, () => verify(address()));
    expect([code, stdout]).toEqual([1, expect.stringContaining("does not prove that record")]);
  });

  it("does not believe a checkpoint of another key, nor the site's word for one where the key is known", async () => {
    const key = vkeyOf(keysOf(log)[0]!);
    const written = new TextDecoder().decode((await local.store.get(CHECKPOINT_KEY))!.body);
    const forged = written.replace("\n1\n", "\n2\n");
    const { code, stdout } = await exchanged(CHECKPOINT_KEY, forged, () => verify(address(), "--key", key));
    expect([code, stdout]).toEqual([1, expect.stringContaining("not signed by the log's key")]);
    const other = await exchanged(PUBLIC_KEY_KEY, "nobody's\n", () => verify(address(), "--key", key));
    expect(other.code).toBe(0);
  });

  it("finds a log that was written anew by whoever has the key, by an older checkpoint", async () => {
    const head = { origin: log.origin, size: 1, root: new Uint8Array(32).fill(9) };
    await shell.write("other.txt", await signCheckpoint(head, log.signers));
    await shell.write("longer.txt", await signCheckpoint({ ...head, size: 5 }, log.signers));
    for (const older of ["other.txt", "longer.txt"]) {
      const { code, stdout } = await verify(address(), "--since", older);
      expect([code, stdout]).toEqual([1, "不通过：日志没有从以前的检查点接着写：被改写过\n"]);
    }
    const note = readNote(await signCheckpoint(head, log.signers))!;
    await shell.write("unsigned.txt", note.text);
    expect((await verify(address(), "--since", "unsigned.txt")).stdout).toContain("不是这个日志签的");
  });

  it("says what it needs", async () => {
    for (const [args, said] of [
      [["report.pdf"], "请用 --site"],
      [[`${local.url}/index.html`], "不是公布文件的网址"],
      [[`${local.url}/${PLACE}/v7/report.pdf`], "没有这个文件"],
      [[address(), "--key", "x+1+y"], "不是公钥：x+1+y"],
      [["report.pdf", "--site", `${local.url}/divisions`], "没有公布日志"],
    ] as const) {
      const { code, stderr } = await verify(...args);
      expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
    }
  });
});
