import { type ChildProcess, fork } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Report } from "../generated/report.ts";
import { CHILD } from "./build.ts";
import type { Order, Ready, Rendered } from "./child.ts";
import type { EngineName } from "./engine.ts";
import { PREPARED, TRUETYPE } from "./fonts.ts";
import { sourceOf } from "./sources.ts";

/** Writes what an engine is to render into a file that its process reads; gives the file's name. */
export async function writeInputs(engine: EngineName, name: string, reports: readonly Report[]): Promise<string> {
  const file = fileURLToPath(new URL(`dist/${name}-${engine}.json`, import.meta.url));
  await writeFile(file, JSON.stringify(reports.map((report) => sourceOf(engine, report))));
  return file;
}

/** A running engine. */
export class EngineProcess {
  readonly ready: Ready;
  /** From the moment that the process was asked for until it had its PDF in memory, ms. */
  readonly firstMs: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, ready: Ready, spawned: number) {
    this.#child = child;
    this.ready = ready;
    this.firstMs = ready.at - spawned;
  }

  /** Starts an engine and waits until it has rendered the first `renders` of its inputs. */
  static async start(
    engine: EngineName,
    inputs: string,
    { renders = 1, memory = false, node = [] as readonly string[] } = {},
  ): Promise<EngineProcess> {
    const fonts = engine === "nianbao" ? PREPARED : TRUETYPE;
    const spawned = performance.timeOrigin + performance.now();
    const child = fork(CHILD, [engine, fonts, inputs, String(renders), ...(memory ? ["memory"] : [])], {
      execArgv: [...node],
    });
    return new EngineProcess(child, await answer<Ready>(child), spawned);
  }

  /** Renders one input. */
  render(index: number, file?: string): Promise<Rendered> {
    const rendered = answer<Rendered>(this.#child);
    this.#child.send({ index, ...(file ? { file } : {}) } satisfies Order);
    return rendered;
  }

  /** Ends the process and waits until it has gone. */
  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.send({} satisfies Order);
    await gone;
  }
}

function answer<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const failed = (code: number | null): void => reject(new Error(`${child.spawnargs.join(" ")}: exit ${code}`));
    child.once("exit", failed);
    child.once("message", (message) => {
      child.off("exit", failed);
      resolve(message as T);
    });
  });
}
