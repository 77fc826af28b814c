/**
 * What rebuilds, rounds of fsck and batches cost in the cloud and how long they take, at a nation's reports: a model of
 * constants that were measured on a machine of ours and prices that were read. `npm run --silent cloud-costs` prints the
 * table of docs/OPERATIONS.md.
 */
import { fileURLToPath } from "node:url";
import { recordsOfPart } from "../functions/fsck-steps.ts";
import { filesOfPart } from "../src/batch/parts/list.ts";

/**
 * CPU of one core for a report, ms, with the client of the store and the store itself on the same machine, and calls of the
 * store: gets, and puts and listings, which cost the same. Calls: `scripts/bench-parts.ts`, 2026-11-29, of a rebuild
 * 2026-11-30, which without client and store says 15 to 20 and 7 to 10 ms.
 */
export const MEASURED = {
  /** `reindex` of 250,000 took 3.7 hours of one core. */
  rebuild: { cpu: 54, gets: 19.7, puts: 5.1 },
  /** 19 to 25 ms; the mean. */
  check: { cpu: 22, gets: 22, puts: 2.8 },
  /** `bench:batch` of 10,000: read and checked, and rendered as PDF; what is brought and taken away by a part. */
  batch: { cpu: 43, gets: 3, puts: 5 },
  /** An entry of the log, read and hashed by each part of a round, ms. */
  logEntry: 0.05,
  /** An answer of S3, ms: assumed. Calls that are waited for at once: as the code has it. */
  answer: 20,
  atOnce: { rebuild: 16, check: 16, batch: 1 },
  /** Before a part begins, ms: assumed. */
  begin: 500,
} as const;

/** USD, us-east-1, without the free tier. Where they were read: docs/OPERATIONS.md. */
export const PRICES = {
  lambdaGbSecond: 0.0000133334,
  lambdaRequest: 0.2e-6,
  s3Get: 0.0004e-3,
  s3Put: 0.005e-3,
  stateTransition: 0.025e-3,
} as const;

export type Work = "rebuild" | "check" | "batch";

/** Reports of a part: of a division of 2,800, of a round as `functions/fsck-steps.ts` packs them, of a batch. */
const perPart: Readonly<Record<Work, (reports: number, atOnce: number) => number>> = {
  rebuild: (reports) => reports / 2800,
  check: recordsOfPart,
  batch: () => filesOfPart(20),
};

/** The memory of the functions, GiB: one full core. */
const MEMORY = 1769 / 1024;
/** Of a part: it is begun, its function runs, it ends. */
const TRANSITIONS = 3;
/** Entries of the log in an object, objects in an answer of a listing. */
const [BUNDLE, LISTED] = [256, 1000];

export interface Estimate {
  readonly parts: number;
  /** On one core of a machine with the store beside it, s. */
  readonly alone: number;
  /** A part's function, and the one that begins, s. */
  readonly ofPart: number;
  readonly begins: number;
  /** From the first step to the last, s. */
  readonly seconds: number;
  readonly usd: number;
}

/** What so many reports take, so many parts at once. */
export function estimate(work: Work, reports: number, atOnce: number): Estimate {
  const { cpu, gets, puts } = MEASURED[work];
  const own = perPart[work](reports, atOnce);
  const parts = Math.ceil(reports / own);
  const waiting = ((gets + puts) * MEASURED.answer) / MEASURED.atOnce[work];
  const log = work === "check" ? reports * MEASURED.logEntry + (reports / BUNDLE) * MEASURED.answer : 0;
  const ofPart = (own * (cpu + waiting) + log + MEASURED.begin) / 1000;
  // A batch goes through its files twice, part by part: read, then checked.
  const passes = work === "batch" ? 2 : 1;
  // What is done before the parts and after goes through all keys once, and through the log.
  const begins = ((reports / LISTED) * MEASURED.answer + log + 5000) / 1000;
  return {
    ...{ parts, ofPart, begins },
    alone: (reports * cpu) / 1000,
    seconds: Math.ceil(parts / atOnce) * ofPart + 2 * begins,
    usd:
      parts * ofPart * MEMORY * PRICES.lambdaGbSecond +
      passes * parts * (PRICES.lambdaRequest + TRANSITIONS * PRICES.stateTransition) +
      reports * (gets * PRICES.s3Get + puts * PRICES.s3Put) +
      (work === "check" ? parts * (reports / BUNDLE) * PRICES.s3Get : 0),
  };
}

const WORDS: Readonly<Record<Work, string>> = {
  rebuild: "重建 · rebuild",
  check: "整轮核对 · fsck",
  batch: "批量核查并排成PDF · batch",
};

/** A year of a nation and ten; of a batch what its last function can sum up. */
const REPORTS: Readonly<Record<Work, readonly number[]>> = {
  rebuild: [250_000, 2_500_000],
  check: [250_000, 2_500_000],
  batch: [10_000, 100_000],
};

/** A time as people say it. */
const time = (seconds: number): string =>
  seconds < 90
    ? `${Math.round(seconds)}秒`
    : seconds < 5400
      ? `${Math.round(seconds / 60)}分钟`
      : `${(seconds / 3600).toFixed(1)}小时`;

/** The table as docs/OPERATIONS.md has it. */
export function costTable(): string {
  const rows = (["rebuild", "check", "batch"] as const).flatMap((work) =>
    REPORTS[work].flatMap((reports) =>
      [50, 500].map((atOnce) => {
        const { parts, alone, seconds, usd } = estimate(work, reports, atOnce);
        const cells = [
          WORDS[work],
          `${reports / 10_000}万`,
          atOnce,
          parts.toLocaleString("en"),
          time(alone),
          time(seconds),
        ];
        return `| ${[...cells, usd < 100 ? usd.toFixed(1) : String(Math.round(usd))].join(" | ")} |`;
      }),
    ),
  );
  return ["| 任务 | 报告 | 同时 | 份 | 一个核心 | 云上 | 美元 |", "|---|---|---|---|---|---|---|", ...rows].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(costTable());
