/** Pages of public sites, for the commands that read files. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../src/basics/hash.ts";
import { writeAtomically } from "../src/batch/atomically.ts";
import { FetchError } from "../src/fetch/fetch-error.ts";
import { type Fetched, Fetcher } from "../src/fetch/fetcher.ts";
import { publicInternet } from "../src/fetch/policy.ts";
import { type FileKind, sniff } from "../src/import/readers/sniff.ts";
import { Complaint } from "./exit.ts";
import { say } from "./language.ts";

/** Set by the build from package.json. */
declare const NIANBAO_VERSION: string;

const fetcher = (): Fetcher => new Fetcher(publicInternet(`nianbao/${NIANBAO_VERSION}`));

/** @throws {Complaint} when the page cannot be had */
export async function fetchPage(address: string): Promise<Fetched> {
  try {
    return await fetcher().fetch(address);
  } catch (error) {
    if (error instanceof FetchError) throw new Complaint(say(error.message, error.messageEn));
    throw error;
  }
}

/** The addresses of a list: one a line, `#` before a remark. */
export const addressesIn = (list: string): readonly string[] => [
  ...new Set(
    list
      .split(/\r\n|[\r\n]/)
      .map((line) => line.replace(/(?:^|\s)#.*$/u, "").trim())
      .filter((line) => line !== ""),
  ),
];

/** What a fetched file is called by what is in it. */
const EXTENSIONS: Readonly<Record<FileKind, string>> = {
  html: "html",
  docx: "docx",
  xlsx: "xlsx",
  pdf: "pdf",
  json: "json",
  text: "csv",
};

/** The extension of a file; what no reader takes is kept as a page, and reported as what it is when it is read. */
function extensionOf({ bytes, name }: Fetched): string {
  try {
    return EXTENSIONS[sniff(bytes, name)];
  } catch {
    return "html";
  }
}

/** A name of an address that is the same at every run, and what a file may be called. */
const stemOf = (address: string): string => sha256(address).slice(0, 16);

/** The folder of a host. */
const hostOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).host.replace(/[^\w.-]/g, "_") : "_";

export interface Failure {
  readonly address: string;
  readonly reason: string;
}

/**
 * Puts the pages of a list into a folder, a folder a host; those that are there already are not fetched again.
 * @returns what could not be had
 */
export async function fetchInto(
  folder: string,
  addresses: readonly string[],
  signal: AbortSignal,
  from: Pick<Fetcher, "fetch"> = fetcher(),
): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  for (const address of addresses) {
    if (signal.aborted) break;
    const host = join(folder, hostOf(address));
    const stem = stemOf(address);
    if (existsSync(host) && readdirSync(host).some((name) => name.startsWith(`${stem}.`) && !name.endsWith(".tmp")))
      continue;
    try {
      const page = await from.fetch(address);
      mkdirSync(host, { recursive: true });
      writeAtomically(join(host, `${stem}.${extensionOf(page)}`), page.bytes);
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      failures.push({ address, reason: say(error.message, error.messageEn) });
    }
  }
  return failures;
}
