import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A program of the project that was started. */
export interface Started {
  readonly process: ChildProcess;
  readonly output: () => string;
  /** Resolves with its exit code; null when it was killed. */
  readonly ended: Promise<number | null>;
}

/** Starts a program with node. */
export function launch(
  script: string,
  env: Readonly<Record<string, string>>,
  options: readonly string[] = [],
): Started {
  const child = spawn(process.execPath, ["--title=nianbao-under-test", script, ...options], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return { process: child, output: () => output, ended };
}

/** Waits until a service answers. @throws with what it said, when it ended instead */
export async function ready(started: Started, url: string): Promise<void> {
  let over = false;
  void started.ended.then(() => {
    over = true;
  });
  for (;;) {
    const { exitCode, signalCode } = started.process;
    if (over) throw new Error(`ended with ${exitCode ?? signalCode}: ${started.output()}`);
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Two ports that nobody listens on, below those that the system gives to connections going out. */
export async function freePorts(): Promise<readonly [number, number]> {
  const found: number[] = [];
  while (found.length < 2) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    found.push(port);
  }
  return [found[0]!, found[1]!];
}
