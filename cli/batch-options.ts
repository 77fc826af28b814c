/** What the options of `nianbao batch` mean. */
import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { shanghaiTime } from "../src/basics/shanghai-time.ts";
import type { BatchOptions } from "../src/batch/batch.ts";
import type { Submission } from "../src/batch/submit.ts";
import { Complaint } from "./exit.ts";
import { fontsFolder } from "./fonts.ts";
import { reasonOf } from "./input.ts";
import { say } from "./language.ts";
import { serverOf } from "./server-option.ts";

/** Set by the build from package.json. */
declare const NIANBAO_VERSION: string;

/** The options as they stand on the command line. */
export interface GivenOptions {
  readonly output?: string;
  readonly render?: readonly string[];
  readonly organs?: string;
  readonly urls?: string;
  readonly previous?: string;
  readonly year?: number;
  readonly date?: string;
  readonly submit?: boolean;
  readonly acceptAssumptions?: boolean;
  readonly server?: string;
  readonly token?: string;
  readonly jobs: number;
  readonly timeout: number;
  readonly memory: number;
  readonly notices?: boolean;
  readonly fresh?: boolean;
  readonly cloud?: boolean;
  readonly machine?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** @throws {Complaint} when there is no such folder */
async function folder(path: string): Promise<string> {
  const found = await stat(path).catch((error: unknown) => {
    throw new Complaint(
      say(`读不到目录${path}：${reasonOf(error)}`, `cannot read the folder ${path}: ${reasonOf(error)}`),
    );
  });
  if (!found.isDirectory()) throw new Complaint(say(`${path}不是目录`, `${path} is no folder`));
  return resolve(path);
}

async function submissionOf({
  submit,
  server,
  token,
  acceptAssumptions = false,
}: GivenOptions): Promise<Submission | undefined> {
  if (!submit) return undefined;
  const [{ Service }, { tokenOf }] = await Promise.all([import("./service.ts"), import("./authorization.ts")]);
  const url = await serverOf(server);
  const given = async (): Promise<string> => token?.trim() || tokenOf(new Service(url));
  // Better now than after an hour of checking.
  await given();
  const service = new Service(url, given);
  return {
    server: { url, submit: (report, key) => service.post("/reports", report, { "idempotency-key": key }) },
    acceptAssumptions,
  };
}

/**
 * What a run is given.
 * @throws {Complaint} when a folder, the list of organs or the service cannot be had
 */
export async function optionsOf(
  dir: string,
  options: GivenOptions,
): Promise<Omit<BatchOptions, "signal" | "onProgress">> {
  const { organs, urls, previous, year, submit, jobs, timeout, memory, fresh = false, notices = false } = options;
  const root = await folder(dir);
  const title = basename(root);
  const list =
    organs === undefined
      ? undefined
      : await readFile(organs).catch((error: unknown) => {
          throw new Complaint(say(`读不到${organs}：${reasonOf(error)}`, `cannot read ${organs}: ${reasonOf(error)}`));
        });
  const submission = await submissionOf(options);
  return {
    folder: root,
    title,
    out: resolve(options.output ?? `${title}-checked`),
    render: options.render ?? [],
    ...(organs !== undefined && list ? { organs: { bytes: list, name: basename(organs) } } : {}),
    except: [organs, urls].filter((file) => file !== undefined),
    ...(previous === undefined ? {} : { previous: await folder(previous) }),
    ...(year === undefined ? {} : { year }),
    date: options.date ?? shanghaiTime(new Date()).slice(0, 10),
    ...(submit && submission ? { submission } : {}),
    program: `nianbao ${NIANBAO_VERSION}`,
    fonts: fontsFolder(),
    worker: new URL("./batch-process.mjs", import.meta.url),
    ...{ jobs, timeout, memory, fresh, notices },
  };
}
