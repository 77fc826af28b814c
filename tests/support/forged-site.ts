/** A site with a log, as somebody finds it who may write to the bucket; and those who look at it: fsck, a reader, a witness. */
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { vi } from "vitest";
import { verifyCommand } from "../../cli/commands/verify.ts";
import { witnessCommand } from "../../cli/commands/witness.ts";
import { LOOPBACK, listen, portOf } from "../../server/listen.ts";
import { createSite } from "../../server/site.ts";
import { canonicalJson } from "../../src/basics/canonical-json.ts";
import { sha256 } from "../../src/basics/hash.ts";
import { fsck } from "../../src/fsck/fsck.ts";
import type { Problem } from "../../src/fsck/problems.ts";
import type { Witness } from "../../src/fsck/witnesses.ts";
import { type Signer, signerOf } from "../../src/log/ed25519.ts";
import { readVkey, vkeyOf } from "../../src/log/note.ts";
import { derivePublic } from "../../src/publish/public.ts";
import { records } from "../../src/publish/publish.ts";
import { artefactKey, type PublicationRecord, recordKey } from "../../src/publish/record.ts";
import { keysOf, type LogIdentity } from "../../src/sequence/identity.ts";
import { CHECKPOINT_KEY } from "../../src/sequence/keys.ts";
import { appendRecords } from "../../src/sequence/sequencer.ts";
import { distinctReport } from "./distinct.ts";
import { MemoryStore } from "./memory-store.ts";
import { publishWords } from "./small-version.ts";

export const YEAR = 2020;
export const [A, B] = [1, 2].map((n) => distinctReport(n).organ.uscc) as [string, string];
const json = { contentType: "application/json; charset=utf-8" };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a command said and how it ended. */
interface Said {
  readonly code: number;
  readonly text: string;
}

/** Runs a command in this process. */
async function run(command: Command, args: readonly string[]): Promise<Said> {
  let text = "";
  const log = (line: unknown): void => void (text += `${line}\n`);
  vi.spyOn(console, "log").mockImplementation(log);
  vi.spyOn(console, "error").mockImplementation(log);
  vi.spyOn(process.stdout, "write").mockImplementation((part) => {
    text += String(part);
    return true;
  });
  process.exitCode = 0;
  try {
    await command.parseAsync([...args], { from: "user" });
    return { code: Number(process.exitCode), text };
  } catch (error) {
    return { code: 2, text: `${text}${(error as Error).message}` };
  } finally {
    vi.restoreAllMocks();
    process.exitCode = 0;
  }
}

export class ForgedSite {
  store = new MemoryStore();
  readonly log: LogIdentity;
  readonly folder: string;
  readonly #server: Server;
  /** Another key that the reader was told instead. */
  told: string | undefined;
  #listed: Witness | undefined;

  private constructor(signer: Signer, folder: string) {
    this.log = { origin: "example.org/log", signers: [signer] };
    this.folder = folder;
    this.#server = listen(
      async (request) => createSite(this.store).fetch(request),
      { port: 0, hostname: "127.0.0.1", hosts: LOOPBACK },
      () => {},
    );
  }

  /** A site with three versions of one report and one of another, all logged, and seen by fsck and by a witness. */
  static async start(): Promise<ForgedSite> {
    const folder = await mkdtemp(join(tmpdir(), "nianbao-forged-"));
    const site = new ForgedSite(await signerOf(new Uint8Array(32).fill(3)), folder);
    await once(site.#server, "listening");
    for (const [uscc, words] of [
      [A, "one"],
      [A, "two"],
      [A, "three"],
      [B, "four"],
    ] as const)
      await site.file(uscc, words);
    await site.append();
    await site.fsck({ mend: true });
    // What was new to it the first time is compared with the site the second time.
    await site.witness();
    site.#listed = await site.#asListed();
    return site;
  }

  file(uscc: string, words: string): Promise<void> {
    return publishWords(this.store, { uscc, year: YEAR }, words);
  }

  async append(): Promise<void> {
    for (const uscc of [A, B]) await appendRecords(this.store, this.log, await records(this.store, uscc, YEAR));
  }

  /** Writes records anew as somebody does who may write to the bucket, each with the hash of the one before, and the public files that follow. */
  async forge(uscc: string, from: number, change: (record: PublicationRecord) => PublicationRecord): Promise<void> {
    const forged: PublicationRecord[] = [];
    for (const record of await records(this.store, uscc, YEAR)) {
      const last = forged.at(-1);
      const next = { ...record, previous: last ? sha256(canonicalJson(last)) : null };
      forged.push(record.version >= from ? change(next) : next);
    }
    for (const record of forged)
      await this.store.put(recordKey(uscc, YEAR, record.version), canonicalJson(record), json);
    await this.derive(uscc);
  }

  /** A record whose PDF says something else, which lies in the store under its hash. */
  withOtherPdf(record: PublicationRecord): PublicationRecord {
    const body = bytes(`pdf that was never published ${record.version}`);
    const hash = sha256(body);
    void this.store.put(artefactKey(record.uscc, YEAR, hash), body, { contentType: "application/pdf" });
    const artefacts = record.artefacts.map((a) =>
      a.name === "report.pdf" ? { ...a, sha256: hash, size: body.length } : a,
    );
    return { ...record, artefacts };
  }

  /** Makes the public files anew from the records, as if they had been so from the beginning. */
  async derive(uscc: string): Promise<void> {
    this.remove((key) => key.startsWith(`published/${uscc}/`) && !key.endsWith(".tlog-proof"));
    await derivePublic(this.store, await records(this.store, uscc, YEAR));
  }

  remove(which: (key: string) => boolean): void {
    for (const key of [...this.store.objects.keys()]) if (which(key)) this.store.objects.delete(key);
  }

  /** What fsck finds: the kinds, once each. */
  async fsck({ mend = false, witnesses = [] as readonly Witness[] } = {}): Promise<readonly string[]> {
    const found = new Set<string>();
    const onProblem = ({ kind, mended }: Problem): void => void found.add(`${kind}${mended ? " mended" : ""}`);
    const [log, now] = [keysOf(this.log), () => new Date("1970-01-01T01:00:00Z")];
    await fsck(this.store, { log, signs: this.log, witnesses, now, mend, settle: 0, onProblem });
    return [...found].sort();
  }

  get url(): string {
    return `http://127.0.0.1:${portOf(this.#server)}`;
  }

  /** The log's public key, as the reader was told. */
  get key(): string {
    return this.told ?? vkeyOf(keysOf(this.log)[0]!);
  }

  /** A reader who was told the key asks of a file that he has, or of what lies at an address. */
  async verify(what: { readonly file: string } | { readonly path: string }, ...more: readonly string[]): Promise<Said> {
    if ("path" in what) return run(verifyCommand(), [`${this.url}/${what.path}`, "--key", this.key, ...more]);
    const file = join(this.folder, "file.pdf");
    await writeFile(file, what.file);
    return run(verifyCommand(), [file, "--site", this.url, "--key", this.key, ...more]);
  }

  /** Keeps a file in the reader's folder. */
  async keep(name: string, content: Uint8Array | string): Promise<string> {
    await writeFile(join(this.folder, name), content);
    return join(this.folder, name);
  }

  checkpoint(): Uint8Array {
    return this.store.objects.get(CHECKPOINT_KEY)!.body;
  }

  witness(): Promise<Said> {
    return run(witnessCommand(), [
      `${this.url}/`,
      "--folder",
      join(this.folder, "witness"),
      "--name",
      "paper.example.cn",
    ]);
  }

  /** The witness as the operator lists it, by what it served when all was well. */
  get listed(): Witness {
    if (!this.#listed) throw new Error("there is no witness yet");
    return this.#listed;
  }

  async #asListed(): Promise<Witness> {
    const file = (name: string): Promise<string> => readFile(join(this.folder, "witness", name), "utf8");
    const said = await this.witness();
    const key = readVkey(/paper\.example\.cn\+\S+/.exec(said.text)?.[0] ?? "");
    if (!key) throw new Error(said.text);
    const served = await file(join("public", sha256(this.log.origin), "checkpoint"));
    return { key, read: async () => served };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
    await rm(this.folder, { recursive: true, force: true });
  }
}
