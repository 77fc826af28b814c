import { sha256 } from "../src/basics/hash.ts";
import type { Place } from "../src/basics/place.ts";
import { utf8 } from "../src/log/bytes.ts";
import { openCheckpoint } from "../src/log/checkpoint.ts";
import { DamagedLogError } from "../src/log/tiles.ts";
import { goesOnFrom, type Head, type Proven, proveFile, readHead } from "../src/log/verify.ts";
import { Complaint, EXIT } from "./exit.ts";
import { readBytes } from "./input.ts";
import { say } from "./language.ts";
import { fetchBytes, keyIn, keyOfSite, siteLog } from "./log.ts";
import { writeOutput } from "./output.ts";

interface Options {
  readonly site?: string;
  readonly key?: string;
  readonly since?: string;
  readonly output?: string;
}

/** A file that is to be proved. */
interface Claimed {
  readonly bytes: Uint8Array;
  readonly place: Place;
  readonly site: string;
}

/** What an address of a published file says. */
async function claimedAt(url: string): Promise<Claimed> {
  const [, site, uscc, year] = /^(https?:\/\/.+?)\/([0-9A-Z]{18})\/(\d{4})\/(?:v\d+\/)?[^/]+$/.exec(url) ?? [];
  if (!site || !uscc) throw new Complaint(say("不是公布文件的网址", "not the address of a published file"));
  const bytes = await fetchBytes(url);
  if (!bytes) throw new Complaint(say(`没有这个文件：${url}`, `no such file: ${url}`));
  return { bytes, place: { uscc, year: Number(year) }, site };
}

/** What a PDF says itself: whose report it is, by the data that it carries; or why it is none that we wrote. */
async function claimedBy(file: string, site: string | undefined): Promise<Claimed | string> {
  if (!site) throw new Complaint(say("请用 --site 写明公布它的网站", "name the site that published it with --site"));
  const { UnreadableError, readApart } = await import("../functions/importer.ts");
  const { READER, READER_LIMITS } = await import("./reader.ts");
  const bytes = await readBytes(file);
  try {
    const { body } = await readApart(READER, bytes, { task: "extract" }, READER_LIMITS);
    const { organ, year } = JSON.parse(new TextDecoder().decode(body)) as {
      readonly organ: { readonly uscc: string };
      readonly year: number;
    };
    return { bytes, place: { uscc: organ.uscc, year }, site: site.replace(/\/$/, "") };
  } catch (error) {
    if (error instanceof UnreadableError) return say(error.message, error.messageEn);
    throw error;
  }
}

/** Goes from a file to the signed checkpoint, and says how far it came. */
export async function verify(file: string, options: Options): Promise<void> {
  const claimed = await (/^https?:\/\//.test(file) ? claimedAt(file) : claimedBy(file, options.site));
  const fail = (zh: string, en: string): void => {
    console.log(say(`不通过：${zh}`, `not verified: ${en}`));
    process.exitCode = EXIT.wrong;
  };
  if (typeof claimed === "string") return fail(claimed, claimed);
  const { bytes, place, site } = claimed;
  const read = siteLog(site);
  const key = options.key === undefined ? await keyOfSite(read) : keyIn(options.key);
  try {
    const head = await readHead(read, key);
    if (options.since !== undefined) {
      const before = await openCheckpoint(new TextDecoder().decode(await readBytes(options.since)), key);
      if (!before) return fail("以前的检查点不是这个日志签的", "the older checkpoint is not signed by this log");
      if (!(await goesOnFrom(before, head, read)))
        return fail(
          "日志没有从以前的检查点接着写：被改写过",
          "the log does not go on from the older checkpoint: it was rewritten",
        );
    }
    const proven = await proveFile(sha256(bytes), place, head, read);
    if (!proven) return fail("公布日志里没有这个内容的文件", "the log has no file with this content");
    tell(proven, head, options);
    if (options.output !== undefined) await writeOutput(options.output, utf8(proven.proof));
  } catch (error) {
    if (!(error instanceof DamagedLogError)) throw error;
    fail(`公布日志与其签名不符（${error.message}）`, error.message);
  }
}

function tell({ entry, index, name }: Proven, { checkpoint }: Head, { key, since }: Options): void {
  const { uscc, year, version } = entry;
  console.log(
    say(
      `通过：${uscc} ${year}年度第${version}版的 ${name}，公布日志第${index}条（共${checkpoint.size}条，${checkpoint.origin}）。`,
      `verified: ${name} of ${uscc} ${year} v${version}, leaf ${index} of ${checkpoint.size} (${checkpoint.origin}).`,
    ),
  );
  if (since !== undefined) console.log(say("日志从以前的检查点接着写。", "The log goes on from the older checkpoint."));
  if (key === undefined)
    console.error(
      say(
        "公钥是网站自己给的：请与另外得到的公钥（--key）对照。",
        "The key is the site's own word; compare it with one from elsewhere (--key).",
      ),
    );
}
