/** What `nianbao reindex` and `nianbao fsck` have in common: their progress is kept, and they may be interrupted. */
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import envPaths from "env-paths";
import { canonicalJson } from "../src/basics/canonical-json.ts";
import { sha256 } from "../src/basics/hash.ts";
import { type Ledger, openLedger, passingLedger } from "../src/resumable/ledger.ts";
import { Complaint } from "./exit.ts";
import { say } from "./language.ts";

/** What a pages' look and a store's place depend on. */
const VARIABLES = [
  ...["BUCKET", "AWS_REGION", "S3_ENDPOINT", "STORE_DIALECT"],
  ...["PUBLIC_URL", "API_URL", "LICENCE", "LICENCE_URL"],
  ...["TLOG_ORIGIN", "TLOG_KEYS", "TLOG_KEY_FILE", "TLOG_KMS_KEY"],
] as const;

export interface ProgressOptions {
  /** Where the journal is; in the user's cache unless given. */
  readonly journal?: string | undefined;
  readonly fresh: boolean;
}

/** The program as it is: its files have the hashes of others in their names. */
const program = (): string => sha256(readFileSync(new URL(import.meta.url)));

/**
 * The ledger of a command on the store that the environment names.
 * @param settings what else the outcome depends on
 * @throws {Complaint} when another process is at it
 */
export async function openProgress<Done>(
  command: string,
  settings: unknown,
  { journal, fresh }: ProgressOptions,
): Promise<Ledger<Done>> {
  const environment = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name] ?? ""]));
  const run = `nianbao ${command} ${sha256(canonicalJson({ program: program(), environment, settings }))}`;
  const store = sha256(canonicalJson([environment["S3_ENDPOINT"], environment["BUCKET"]])).slice(0, 16);
  const path = journal ?? join(envPaths("nianbao", { suffix: "" }).cache, `${command}-${store}.jsonl`);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const ledger = openLedger<Done>(path, {
      run,
      fresh,
      inUse: (process) =>
        new Complaint(
          say(
            `另一个 nianbao ${command}（进程${process}）正在处理同一个存储`,
            `another nianbao ${command} (process ${process}) is at the same store`,
          ),
        ),
    });
    if (ledger.before > 0)
      console.error(
        say(
          `接着上次的做：先前做完的${ledger.before}部分没有变化的不再做（--fresh 从头再来）。`,
          `Going on: of ${ledger.before} parts that were done before, those that have not changed are not done again (--fresh begins anew).`,
        ),
      );
    return ledger;
  } catch (error) {
    if (error instanceof Complaint) throw error;
    const { message } = error as Error;
    console.error(
      say(
        `进度记不到${path}（${message}）：中断后要从头再来；可用 --journal 另指定一个文件。`,
        `Progress cannot be written to ${path} (${message}): after an interruption all begins anew; --journal names another file.`,
      ),
    );
    return passingLedger();
  }
}

/** 128 and the number of SIGINT, as shells have it. */
export const INTERRUPTED = 130;

/** Does something that ends early, when what is in hand is done, at the first Ctrl-C; at once at the second. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T | undefined>): Promise<T | undefined> {
  const interruption = new AbortController();
  const interrupt = (): void => {
    if (interruption.signal.aborted) process.exit(INTERRUPTED);
    interruption.abort();
    console.error(
      say("正在完成手上的部分；再按一次Ctrl-C立即退出。", "Finishing what is in hand; Ctrl-C again to leave at once."),
    );
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    const done = await work(interruption.signal);
    if (done === undefined) {
      console.error(
        say(
          "已中断。再次运行同一条命令，从停下的地方继续。",
          "Interrupted. Run the same command again to go on from here.",
        ),
      );
      process.exitCode = INTERRUPTED;
    }
    return done;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}
