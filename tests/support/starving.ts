import { example, type MutableReport } from "./service.ts";

/** A report of some 0.8 MB whose every sentence states counts, as many as the service takes in one body. */
export async function reportOfCounts(): Promise<MutableReport> {
  const report = await example("liaocheng-2020");
  const sentence = "全年收到申请12件，办结13件，其中公开5件、部分公开6件，行政复议3件，行政诉讼2件。";
  report["overview"].body = Array.from({ length: 100 }, () => ({ type: "paragraph", text: sentence.repeat(66) }));
  return report;
}

/** The value that so many of a hundred are below. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
