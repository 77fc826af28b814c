import type { Command } from "commander";
import type { Place } from "../../src/basics/place.ts";
import type { Head, Proven } from "../../src/log/verify.ts";
import { command } from "../command.ts";
import { Complaint, EXIT } from "../exit.ts";
import { readBytes } from "../input.ts";
import { say } from "../language.ts";
import { writeOutput } from "../output.ts";

interface Options {
  readonly site?: string;
  readonly key?: string;
  readonly since?: string;
  readonly output?: string;
}

export const verifyCommand = (): Command =>
  command(
    "verify",
    "nianbao verify https://…/11371500MB28560185/2020/report.pdf",
    "nianbao verify report.pdf --site https://… --key reports.example.cn/log+…",
  )
    .description(
      say(
        "由文件的哈希查到公布日志中签了名的检查点：这个文件公布过，日志没有改过",
        "go from a file's hash to the signed checkpoint of the log of publications",
      ),
    )
    .argument("<file>", say("本系统公布的PDF或其网址", "a PDF that was published, or the address of a published file"))
    .option("--site <url>", say("公布它的网站（给网址时不必写）", "the site that published it (an address names it)"))
    .option(
      "--key <key>",
      say("日志的公钥；不写就用网站自己给的", "the log's public key; the site's own word otherwise"),
    )
    .option(
      "--since <checkpoint>",
      say("以前存下的检查点：日志是否从它接着写", "an older checkpoint that the log must go on from"),
    )
    .option("-o, --output <file>", say("把证明写到文件（C2SP tlog-proof）", "write the proof (C2SP tlog-proof)"))
    .action(verify);

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
  const { fetchBytes } = await import("../log.ts");
  const bytes = await fetchBytes(url);
  if (!bytes) throw new Complaint(say(`没有这个文件：${url}`, `no such file: ${url}`));
  return { bytes, place: { uscc, year: Number(year) }, site };
}

/** What a PDF says itself: whose report it is, by the data that it carries; or why it is none that we wrote. */
async function claimedBy(file: string, site: string | undefined): Promise<Claimed | string> {
  if (!site) throw new Complaint(say("请用 --site 写明公布它的网站", "name the site that published it with --site"));
  const { UnreadableError, readApart } = await import("../../functions/importer.ts");
  const { READER, READER_LIMITS } = await import("../reader.ts");
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

async function verify(file: string, options: Options): Promise<void> {
  const [
    { keyIn, keyOfSite, siteLog },
    { goesOnFrom, proveFile, readHead },
    { DamagedLogError },
    { sha256 },
    { utf8 },
  ] = await Promise.all([
    import("../log.ts"),
    import("../../src/log/verify.ts"),
    import("../../src/log/tiles.ts"),
    import("../../src/basics/hash.ts"),
    import("../../src/log/bytes.ts"),
  ]);
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
      const { openCheckpoint } = await import("../../src/log/checkpoint.ts");
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
