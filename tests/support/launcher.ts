import { type ChildProcess, spawn } from "node:child_process";
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
  const child = spawn(process.execPath, [script, ...options], {
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
    if (over) throw new Error(`ended: ${started.output()}`);
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Two ports that nobody listens on just now. */
export async function freePorts(): Promise<readonly [number, number]> {
  const { createServer } = await import("node:net");
  const servers = [createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) =>
          server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port)),
        ),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return [ports[0]!, ports[1]!];
}
