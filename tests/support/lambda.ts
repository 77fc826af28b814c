import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const RUNNER = fileURLToPath(new URL("./lambda-runner.mjs", import.meta.url));

/** What a function said to an event: its answer, or the error with which Lambda would report it failed. */
export interface Said {
  readonly answer?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}

/**
 * What the bundle that ships says to events, one after another, in a process that may read all and write to a folder of
 * its own alone.
 * @throws when the process ends before it has answered all of them
 */
export async function invoke(
  bundle: string,
  events: readonly unknown[],
  env: Readonly<Record<string, string>> = {},
): Promise<readonly Said[]> {
  const scratch = mkdtempSync(join(tmpdir(), "nianbao-lambda-"));
  const built = new URL(`../../dist/lambda/${bundle}/index.mjs`, import.meta.url).href;
  const may = ["--allow-fs-read=*", `--allow-fs-write=${scratch}`, "--allow-child-process", "--allow-worker"];
  // Of Node 25 on; before, a process may connect to wherever it likes.
  const net = Number.parseInt(process.versions.node, 10) >= 25 ? ["--allow-net"] : [];
  const child = spawn(process.execPath, ["--permission", "--no-warnings", ...may, ...net, RUNNER, built], {
    env: { ...process.env, ...env, TMPDIR: scratch, POWERTOOLS_DEV: "true" },
    stdio: ["pipe", "ignore", "pipe", "pipe"],
  });
  const complaints = text(child.stderr as Readable);
  child.stdin?.on("error", () => {});
  for (const event of events) child.stdin?.write(`${JSON.stringify(event)}\n`);
  child.stdin?.end();
  const said = (await text(child.stdio[3] as Readable)).split("\n").filter((line) => line !== "");
  rmSync(scratch, { recursive: true, force: true });
  if (said.length < events.length) throw new Error(`${bundle} ended after ${said.length} events: ${await complaints}`);
  return said.map((line) => JSON.parse(line) as Said);
}
