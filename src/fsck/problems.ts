import type { Message } from "../basics/finding.ts";

/** What can be wrong with what is published, in words; {key} is the object's. */
export const PROBLEMS = {
  "record-damaged": {
    zh: "公布记录已损坏，或内容与所在位置不符",
    en: "the record is damaged or does not belong here",
  },
  "record-gap": { zh: "公布记录的版本号不连续", en: "the numbers of the records have a gap" },
  "chain-broken": { zh: "前一版记录的哈希不符，记录链断裂", en: "the hash of the record before it differs" },
  "record-rewritten": {
    zh: "公布记录与公布日志所记不符：公布之后被改过",
    en: "the record is not the one that was logged: it was changed after it was published",
  },
  "record-versions": {
    zh: "这条记录被写过不止一次：存储桶里有它的几个版本，先写的被盖住了",
    en: "the record was written more than once: the bucket keeps versions of it, and what was written first is covered",
  },
  "record-lost": { zh: "公布日志所记的公布记录不见了", en: "a record that was logged is gone" },
  "record-unlogged": {
    zh: "公布记录早已公布，至今没有记入公布日志",
    en: "a record that was published long ago and is not in the log of publications yet",
  },
  "proof-missing": { zh: "公布日志的收录证明不存在", en: "the proof that the record is in the log is missing" },
  "proof-damaged": {
    zh: "公布日志的收录证明已损坏，或签名的密钥已不再使用",
    en: "the proof that the record is in the log is damaged, or of a key that is no longer used",
  },
  "log-lost": {
    zh: "公布日志不见了，而它的痕迹还在",
    en: "the log of publications is gone, and traces of it are left",
  },
  "log-rewritten": {
    zh: "公布日志没有从以前签过的接着写：被改写、截短，或另起了一份",
    en: "the log of publications does not go on from what was signed before: rewritten, cut short or begun anew",
  },
  "log-damaged": {
    zh: "公布日志与其签名的检查点不符",
    en: "the log of publications is not what its signed checkpoint says",
  },
  "log-contradicts": {
    zh: "公布日志对同一条公布记录有两种说法",
    en: "the log of publications has two different entries of one record",
  },
  "artefact-missing": { zh: "记录所列的文件不存在", en: "a file of the record is missing" },
  "artefact-damaged": {
    zh: "记录所列的文件与其哈希或大小不符",
    en: "a file of the record differs from its hash or size",
  },
  "public-missing": { zh: "应当公开的文件不存在", en: "a public file is missing" },
  "public-differs": { zh: "公开的文件与记录不符", en: "a public file differs from what the records say" },
  "redacted-public": { zh: "已撤下的内容又公开了", en: "what was redacted is public again" },
  "event-damaged": { zh: "送审经过的记录已损坏", en: "an event of a draft's way to publication is damaged" },
  "event-gap": { zh: "送审经过的编号不连续", en: "the numbers of the events have a gap" },
  "event-chain-broken": { zh: "前一条经过的哈希不符", en: "the hash of the event before it differs" },
  "content-missing": { zh: "送审的内容不存在", en: "a content that was handed over is missing" },
  "content-damaged": { zh: "送审的内容与其哈希不符", en: "a content that was handed over differs from its hash" },
  "approval-unbacked": {
    zh: "公布记录所说的审核没有经过可依",
    en: "the events do not tell of the approval that the record says it had",
  },
  "draft-damaged": { zh: "草稿已损坏", en: "the draft is damaged" },
  "dataset-differs": {
    zh: "数据集的文件与清单或名单不符（已修复：已留记号，下一次合并时重做）",
    en: "a file of the dataset differs from its manifest or lacks what is listed (mended: marked, made again by the next compaction)",
  },
  "public-stray": { zh: "公开的文件没有任何记录可依", en: "a public file that no record accounts for" },
  unknown: { zh: "不认识的对象", en: "an object that does not belong here" },
} as const;
export type ProblemKind = keyof typeof PROBLEMS;

/** Something wrong, and whether it was mended. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly key: string;
  readonly mended: boolean;
}

/** What was looked at and found. Numbers only: as large for a million reports as for one. */
export interface Tally {
  readonly organs: number;
  readonly versions: number;
  readonly artefacts: number;
  readonly publicFiles: number;
  /** Bytes that were read and hashed. */
  readonly bytes: number;
  /** Places whose latest version is being put in place just now: what the public reads of them is judged next time. */
  readonly pending: number;
  /** Artefacts that no record refers to and that are older than the grace period; how many of them were set aside. */
  readonly orphans: number;
  readonly swept: number;
  /** Of those that were set aside before, how many were removed for good. */
  readonly removed: number;
  /** Records that the log did not have; appended where it mends. */
  readonly unlogged: number;
  /** Problems that are left, and those that were mended. */
  readonly problems: number;
  readonly mended: number;
}

export const NOTHING: Tally = {
  organs: 0,
  versions: 0,
  artefacts: 0,
  publicFiles: 0,
  bytes: 0,
  pending: 0,
  orphans: 0,
  swept: 0,
  removed: 0,
  unlogged: 0,
  problems: 0,
  mended: 0,
};

/** The sum of two tallies. */
export const sum = (a: Tally, b: Tally): Tally =>
  Object.fromEntries(Object.entries(a).map(([name, n]) => [name, n + b[name as keyof Tally]])) as unknown as Tally;

/** A problem as one line. */
export const describeProblem = ({ kind, key, mended }: Problem): Message => ({
  zh: `${mended ? "已修复" : "问题"}  ${key}  ${PROBLEMS[kind].zh}`,
  en: `${mended ? "mended" : "problem"}  ${key}  ${PROBLEMS[kind].en}`,
});

/** The whole in a sentence. */
export function describeTally(t: Tally): Message {
  const mebibytes = Math.round(t.bytes / 1024 ** 2);
  const pending = t.pending > 0 ? `；${t.pending}处正在公布，下次再查` : "";
  const pendingEn = t.pending > 0 ? `; ${t.pending} being published just now, judged next time` : "";
  const unlogged = t.unlogged > 0 ? `；公布日志原来没有的记录${t.unlogged}条` : "";
  const unloggedEn = t.unlogged > 0 ? `; ${t.unlogged} records that the log did not have` : "";
  return {
    zh:
      `查了${t.organs}个机关、${t.versions}个版本、${t.artefacts}个文件、${t.publicFiles}个公开文件（${mebibytes} MiB）：` +
      `${t.problems === 0 ? "没有问题" : `有${t.problems}处问题`}，修复${t.mended}处；` +
      `无主文件${t.orphans}个，移出${t.swept}个，清除以前移出的${t.removed}个${unlogged}${pending}。`,
    en:
      `${t.organs} organs, ${t.versions} versions, ${t.artefacts} artefacts, ${t.publicFiles} public files (${mebibytes} MiB): ` +
      `${t.problems === 0 ? "nothing wrong" : `${t.problems} problems`}, ${t.mended} mended; ` +
      `${t.orphans} orphans, ${t.swept} set aside, ${t.removed} set aside before removed${unloggedEn}${pendingEn}.`,
  };
}
