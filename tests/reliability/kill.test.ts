import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { openCredentials, useCredentials } from "../../local/credentials.ts";
import { sha256 } from "../../src/basics/hash.ts";
import { renderCsv } from "../../src/formats/csv/csv.ts";
import { fsck } from "../../src/fsck/fsck.ts";
import type { Problem } from "../../src/fsck/problems.ts";
import { laggingPlaces } from "../../src/index/lagging.ts";
import { S3Store } from "../../src/store/s3.ts";
import { credentials } from "../support/credentials.ts";
import { distinctReport } from "../support/distinct.ts";
import { seeded } from "../support/faulty-store.ts";
import { freePorts, launch, ready, type Started } from "../support/launcher.ts";

/** `KILLS` says how often, `KILL_SEED` when. */
const KILLS = Number(process.env["KILLS"] ?? 2);
const seed = Number(process.env["KILL_SEED"] ?? Date.now() % 0x7fffffff);
const CLIENTS = 4;

/** What the service has answered for: the report's receipt. */
interface Receipt {
  readonly uscc: string;
  readonly year: number;
  readonly version: number;
  readonly kind: string;
  readonly redacts?: number;
  readonly record: string;
  readonly artefacts: readonly { readonly url: string; readonly sha256: string }[];
}
/** A request that is sent until it is answered. */
interface Wish {
  readonly path: string;
  readonly body: string;
  readonly type?: string;
}

describe(`the server is killed ${KILLS} times while reports are filed (KILL_SEED=${seed})`, () => {
  const random = seeded(seed);
  const acknowledged: Receipt[] = [];
  const unanswered: Wish[] = [];
  let number = 0;
  let imports = 0;
  let conflicts = 0;
  let imported = "";
  let server: Started | undefined;
  let directory = "";
  let url = "";
  let store: S3Store;
  let port = 0;
  let authorization: { readonly authorization: string } | undefined;
  let env: Record<string, string> = {};

  afterAll(async () => {
    server?.process.kill("SIGKILL");
    await server?.ended;
    await rm(directory, { recursive: true, force: true });
  });

  /** Another report, or now and then a correction, a withdrawal or a redaction of one that was answered for, or a file to be read. */
  function nextWish(): Wish {
    const latest = acknowledged[Math.floor(random() * acknowledged.length)];
    const kind = random();
    if (kind < 0.1) return { path: "/imports", body: imported, type: "text/csv" };
    const path = latest ? `/reports/${latest.uscc}/${latest.year}` : "";
    if (latest?.version === 2 && kind < 0.6)
      return { path: `${path}/versions/1/redaction`, body: JSON.stringify({ reason: "其中有个人信息。" }) };
    if (!latest || latest.version > 1 || kind < 0.5) {
      number += 1;
      return { path: "/reports", body: JSON.stringify(distinctReport(number)) };
    }
    const frame = { supersedes: latest.version, reason: "核对后更正文字。" };
    if (kind > 0.95) return { path: `${path}/withdrawal`, body: JSON.stringify(frame) };
    const report = distinctReport(Number(latest.uscc.slice(10, 17)), 1);
    return { path: `${path}/corrections`, body: JSON.stringify({ ...frame, report }) };
  }

  /** Sends a wish: whether it was answered. An answer says that it became a version, or that another took its place. */
  async function send(wish: Wish): Promise<boolean> {
    try {
      const headers = { "content-type": wish.type ?? "application/json", ...authorization };
      const response = await fetch(`${url}${wish.path}`, { method: "POST", headers, body: wish.body });
      const answer = (await response.json()) as Receipt;
      if (response.ok && wish.path === "/imports") imports += 1;
      else if (response.ok) acknowledged.push(answer);
      else if (response.status === 409) conflicts += 1;
      else throw new Error(`${response.status} ${JSON.stringify(answer).slice(0, 500)}`);
      return true;
    } catch (error) {
      if (server?.process.killed) return false;
      throw error;
    }
  }

  async function client(): Promise<void> {
    while (!server?.process.killed) {
      const wish = nextWish();
      if (!(await send(wish))) {
        unanswered.push(wish);
        return;
      }
    }
  }

  /** Whether a version was taken out of the public: then other files lie at its addresses, or at those that quoted it. */
  const isReplaced = ({ uscc, year, version }: Receipt): boolean =>
    [...acknowledged, ...unanswered.map(({ path }) => redactionAt(path))].some(
      (other) =>
        other?.redacts !== undefined &&
        other.uscc === uscc &&
        other.year === year &&
        (other.redacts === version || other.redacts === version - 1),
    );
  const redactionAt = (path: string): Pick<Receipt, "uscc" | "year" | "redacts"> | undefined => {
    const [, , uscc, year, versions, redacts] = path.split("/");
    return versions === "versions" ? { uscc: uscc!, year: Number(year), redacts: Number(redacts) } : undefined;
  };

  /**
   * Every receipt names the record that lies there, and leads to its files, byte for byte.
   * @param from the receipts whose files a reader has not yet had; those of the others fsck has read
   */
  async function readAll(from: number): Promise<void> {
    for (const [i, receipt] of acknowledged.entries()) {
      const { uscc, year, version, record, artefacts } = receipt;
      const key = `records/${uscc}/${year}/${String(version).padStart(6, "0")}.json`;
      expect(sha256((await store.get(key))?.body ?? ""), key).toBe(record);
      if (i < from || isReplaced(receipt)) continue;
      for (const { url: file, sha256: hash } of artefacts) {
        const response = await fetch(file);
        expect(response.status, file).toBe(200);
        expect(sha256(new Uint8Array(await response.arrayBuffer())), file).toBe(hash);
      }
    }
  }

  /** What fsck says of those places that were answered for; elsewhere a version may be half-way to its readers. */
  async function verify(): Promise<{ readonly versions: number; readonly orphans: number }> {
    const problems: Problem[] = [];
    const tally = await fsck(store, { settle: 0, grace: 0, onProblem: (problem) => problems.push(problem) });
    const halfway = problems.filter(
      ({ kind, key }) =>
        (kind === "public-missing" || kind === "public-differs" || kind === "redacted-public") &&
        unanswered.some(
          ({ path, body }) => key.includes(path.split("/")[2] ?? "-") || body.includes(key.split("/")[1]!),
        ),
    );
    expect(problems.filter((problem) => !halfway.includes(problem))).toEqual([]);
    return tally;
  }

  /** What went wrong, with what the server said. */
  function explain(error: Error): never {
    throw new Error(`${error.message}\n${server?.output().slice(-3000)}`, { cause: error });
  }

  /** Waits until the service has answered some requests since it started, each client one or so, and is at others. */
  async function underWay(): Promise<void> {
    const answered = (): number => acknowledged.length + imports + conflicts;
    const enough = answered() + 1 + Math.floor(random() * 2 * CLIENTS);
    while (answered() < enough) await new Promise((resolve) => setTimeout(resolve, 10));
    await new Promise((resolve) => setTimeout(resolve, random() * 300));
  }

  const start = async (): Promise<void> => {
    server = launch("local/main.ts", env);
    await ready(server, url);
    authorization = await credentials(directory, port);
  };

  it("has every report that was answered for after each restart", { timeout: 3600_000 }, async () => {
    imported = new TextDecoder().decode(renderCsv(distinctReport(0) as unknown as Report));
    directory = await mkdtemp(join(tmpdir(), "nianbao-kill-"));
    const ports = await freePorts();
    const s3Port = ports[1];
    port = ports[0];
    url = `http://localhost:${port}`;
    env = { PORT: String(port), S3_PORT: String(s3Port), DATA_DIR: directory, LOG_FORMAT: "none" };
    // As the server finds them when it starts.
    useCredentials(await openCredentials(directory));
    const endpoint = `http://127.0.0.1:${s3Port}`;
    store = new S3Store({ bucket: "nianbao", region: "us-east-1", endpoint, forcePathStyle: true });

    await start();
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const before = acknowledged.length;
      const clients = Promise.all(Array.from({ length: CLIENTS }, client));
      await Promise.race([underWay(), clients]);
      server!.process.kill("SIGKILL");
      await clients;
      await server!.ended;
      await start();
      await verify().catch(explain);
      await readAll(before).catch(explain);
      // Who got no answer asks again, and is answered.
      for (const wish of unanswered.splice(0)) expect(await send(wish)).toBe(true);
    }

    const tally = await verify();
    await readAll(0);
    expect(new Set(acknowledged.map(({ record }) => record)).size).toBe(tally.versions);
    while ((await laggingPlaces(store)).length > 0) await new Promise((resolve) => setTimeout(resolve, 200));
    const [corrections, redactions] = ["correction", "redaction"].map(
      (of) => acknowledged.filter(({ kind }) => kind === of).length,
    ) as [number, number];
    if (KILLS >= 20) expect([corrections > 0, redactions > 0, imports > 0]).toEqual([true, true, true]);
    console.log(
      `${KILLS} kills, ${acknowledged.length} answers, ${corrections} corrections, ${redactions} redactions, ${imports} imports, ${tally.versions} versions, ${tally.orphans} orphans`,
    );
  });
});
