import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

export const at = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly bytes: Buffer;
  readonly code: number | null;
}

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Waits for the first match in what it has said so far. @throws with what it said, when it ends without */
  saying(pattern: RegExp): Promise<RegExpExecArray>;
}

/** A folder of its own, in which the built command is run as users run it. */
export interface Shell {
  readonly directory: string;
  path(name: string): string;
  /** Writes a file of the folder: JSON unless it is a text or bytes. @returns its path */
  write(name: string, content: unknown): Promise<string>;
  start(args: readonly string[], options?: RunOptions): Running;
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * A folder for a test file, gone when it ends. The command speaks Chinese there and keeps its logins there.
 * @param program what is run, the built command of this project unless given
 */
export async function openShell(
  program: readonly string[] = [process.execPath, at("bin/nianbao.mjs")],
): Promise<Shell> {
  const directory = await mkdtemp(join(tmpdir(), "nianbao-shell-"));
  afterAll(() => rm(directory, { recursive: true, force: true }));
  const { LC_ALL: _1, LC_MESSAGES: _2, LANG: _3, FORCE_COLOR: _4, BUCKET: _5, ...inherited } = process.env;
  const start = (args: readonly string[], { input, env = {} }: RunOptions = {}): Running => {
    const [file, ...before] = program as [string, ...string[]];
    const child = spawn(file, [...before, ...args], {
      cwd: directory,
      env: {
        ...inherited,
        XDG_CONFIG_HOME: join(directory, "config"),
        XDG_CACHE_HOME: join(directory, "cache"),
        NIANBAO_LANG: "zh",
        ...env,
      },
    });
    const out: Buffer[] = [];
    const said = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => {
      out.push(chunk);
      said.stdout += chunk.toString();
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      said.stderr += chunk;
    });
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
    const ended = new Promise<Ended>((resolve) =>
      child.once("close", (code) => {
        const bytes = Buffer.concat(out);
        resolve({ stdout: bytes.toString("utf8"), stderr: said.stderr, bytes, code });
      }),
    );
    return {
      process: child,
      ended,
      saying: (pattern) =>
        new Promise((resolve, reject) => {
          const look = () => {
            const match = pattern.exec(said.stdout + said.stderr);
            if (match) resolve(match);
            return match;
          };
          child.stdout.on("data", look);
          child.stderr.on("data", look);
          child.once("close", () => look() || reject(new Error(`ended: ${said.stdout}${said.stderr}`)));
          look();
        }),
    };
  };
  return {
    directory,
    path: (name) => join(directory, name),
    write: async (name, content) => {
      const raw = typeof content === "string" || content instanceof Uint8Array;
      await writeFile(join(directory, name), raw ? content : JSON.stringify(content));
      return join(directory, name);
    },
    start,
    run: (args, options) => start(args, options).ended,
  };
}
