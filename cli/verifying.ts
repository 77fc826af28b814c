import { sha256 } from "../src/basics/hash.ts";
import type { Place } from "../src/basics/place.ts";
import type { Contradiction } from "../src/log/account.ts";
import { utf8 } from "../src/log/bytes.ts";
import { type LogKeys, openCheckpoint } from "../src/log/checkpoint.ts";
import { examineFile, nameIn } from "../src/log/examine.ts";
import { DamagedLogError } from "../src/log/tiles.ts";
import { type Claimed, claimOf, goesOnFrom, logOf, readHead, type SiteReader } from "../src/log/verify.ts";
import { Complaint, EXIT } from "./exit.ts";
import { readBytes } from "./input.ts";
import { say } from "./language.ts";
import { fetchBytes, filesOf, keysIn, keysOfSite } from "./log.ts";
import { writeOutput } from "./output.ts";

interface Options {
  readonly site?: string;
  readonly key?: readonly string[];
  readonly since?: string;
  readonly proof?: string;
  readonly output?: string;
}

/** A file that is to be proved, and where it was published, as far as that is known. */
interface Subject {
  readonly hash: string;
  readonly site: string;
  readonly place?: Place;
}

/** Why something does not prove. */
class NotVerified extends Error {
  constructor(zh: string, en: string) {
    super(say(zh, en));
  }
}

/** What an address of a published file says. */
async function subjectAt(url: string): Promise<Subject> {
  const [, site, uscc, year] = /^(https?:\/\/.+?)\/([0-9A-Z]{18})\/(\d{4})\/(?:v\d+\/)?[^/]+$/.exec(url) ?? [];
  if (!site || !uscc) throw new Complaint(say("不是公布文件的网址", "not the address of a published file"));
  const bytes = await fetchBytes(url);
  if (!bytes) throw new Complaint(say(`没有这个文件：${url}`, `no such file: ${url}`));
  return { hash: sha256(bytes), site, place: { uscc, year: Number(year) } };
}

async function subjectOf(file: string, site: string | undefined): Promise<Subject> {
  if (/^https?:\/\//.test(file)) return subjectAt(file);
  if (!site) throw new Complaint(say("请用 --site 写明公布它的网站", "name the site that published it with --site"));
  return { hash: sha256(await readBytes(file)), site: site.replace(/\/$/, "") };
}

const names = ({ version, kind }: Contradiction): NotVerified =>
  kind === "withheld"
    ? new NotVerified(
        `日志记下的第${version}版，网站没有列出：被去掉了`,
        `version ${version}, which was logged, is not listed by the site: it was dropped`,
      )
    : new NotVerified(
        `网站所列的第${version}版与日志所记不同：被改写过`,
        `version ${version} as the site lists it is not the one that was logged: it was rewritten`,
      );

/** Whether the log goes on from a checkpoint that somebody kept. @throws NotVerified */
async function expectSince(file: string, keys: LogKeys, site: SiteReader): Promise<void> {
  const before = await openCheckpoint(new TextDecoder().decode(await readBytes(file)), keys);
  if (!before) throw new NotVerified("以前的检查点不是这个日志签的", "the older checkpoint is not signed by this log");
  const { checkpoint } = await readHead(logOf(site), keys);
  if (!(await goesOnFrom(before, checkpoint, logOf(site))))
    throw new NotVerified(
      "日志没有从以前的检查点接着写：被改写过",
      "the log does not go on from the older checkpoint: it was rewritten",
    );
}

/** A file, proved. */
interface Verified extends Claimed {
  readonly name: string;
  readonly size: number;
  readonly written: string;
  /** The last record of the place that the log has, where it is another. */
  readonly latest?: number;
}

/** Proves by the site's files alone. @throws NotVerified, DamagedLogError */
async function verifyOnline({ hash, place, site: address }: Subject, options: Options): Promise<Verified> {
  const site = filesOf(address);
  const keys = options.key === undefined ? await keysOfSite(logOf(site)) : keysIn(options.key);
  await readHead(logOf(site), keys);
  if (options.since !== undefined) await expectSince(options.since, keys, site);
  const found = await examineFile(hash, { site, keys, place });
  if (!found) throw new NotVerified("公布日志里没有这个内容的文件", "the log has no file with this content");
  const { record, name, head, records, against } = found;
  if (against[0]) throw names(against[0]);
  return { ...record, name, size: head.checkpoint.size, latest: records.length };
}

/** Proves by a proof file and the log's key, without the site. @throws NotVerified */
async function verifyOffline(file: string, proof: string, { key }: Options): Promise<Verified> {
  if (key === undefined) throw new Complaint(say("请用 --key 写明日志的公钥", "name the log's public key with --key"));
  const hash = sha256(await readBytes(file));
  const written = new TextDecoder().decode(await readBytes(proof));
  const claim = claimOf(written);
  if (!claim) throw new NotVerified("证明文件不成立", "the proof does not hold");
  if (!(await openCheckpoint(claim.proof.checkpoint, keysIn(key))))
    throw new NotVerified("证明中的检查点不是这个日志签的", "the proof's checkpoint is not signed by this log");
  const name = nameIn(claim, hash);
  if (name === undefined) throw new NotVerified("证明的不是这个文件", "the proof is of other files");
  return { ...claim, name, size: claim.tree.size, written };
}

/** Goes from a file to the signed checkpoint, and says how far it came. */
export async function verify(file: string, options: Options): Promise<void> {
  try {
    const verified =
      options.proof === undefined
        ? await verifyOnline(await subjectOf(file, options.site), options)
        : await verifyOffline(file, options.proof, options);
    tell(verified, options);
    if (options.output !== undefined) await writeOutput(options.output, utf8(verified.written));
  } catch (error) {
    if (!(error instanceof NotVerified || error instanceof DamagedLogError)) throw error;
    const why =
      error instanceof NotVerified ? error.message : say(`公布日志与其签名不符（${error.message}）`, error.message);
    console.log(say(`不通过：${why}`, `not verified: ${why}`));
    process.exitCode = EXIT.wrong;
  }
}

function tell({ entry, proof, name, size, latest }: Verified, { key, since }: Options): void {
  const { uscc, year, version } = entry;
  const origin = proof.checkpoint.split("\n")[0] ?? "";
  console.log(
    say(
      `通过：${uscc} ${year}年度第${version}版的 ${name}，公布日志第${proof.index}条（共${size}条，${origin}）。`,
      `verified: ${name} of ${uscc} ${year} v${version}, leaf ${proof.index} of ${size} (${origin}).`,
    ),
  );
  if (latest !== undefined && latest > version)
    console.log(
      say(
        `此后还有记录，最后一条是第${latest}版：这一版可能已经更正、撤回或撤下。`,
        `There are later records, the last of them version ${latest}: this one may have been corrected, withdrawn or redacted.`,
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
