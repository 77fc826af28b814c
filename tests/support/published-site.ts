/** Versions of a report with their real pages in a store, as the service publishes them, and the site that readers see. */

import type { Report } from "../../generated/report.ts";
import { sha256 } from "../../src/basics/hash.ts";
import { type Content, composed, dataFile } from "../../src/formats/content.ts";
import { PUBLISHED } from "../../src/formats/registry.ts";
import { writeAs } from "../../src/formats/write.ts";
import { indexPlaces } from "../../src/index/indexer.ts";
import { portalPages } from "../../src/portal/pages.ts";
import { publish, records } from "../../src/publish/publish.ts";
import type { VersionKind } from "../../src/publish/record.ts";
import type { Store } from "../../src/store/store.ts";
import { MemoryStore } from "./memory-store.ts";

const withoutFonts = (): never => {
  throw new Error("a page needs no faces");
};

/** One version of a report. */
export interface Step {
  readonly kind: VersionKind;
  /** ISO date. */
  readonly day: string;
  readonly reason?: string;
}

const contentOf = (report: Report, { kind, day, reason = "" }: Step, before: number): Content =>
  kind === "withdrawal"
    ? {
        of: "withdrawal",
        uscc: report.organ.uscc,
        withdrawal: {
          organ: report.organ.name,
          year: report.year,
          supersedes: before,
          supersededDate: day,
          reason,
          date: day,
        },
      }
    : {
        of: "report",
        report,
        ...(kind === "correction"
          ? { correction: { version: before + 1, supersedes: before, supersededDate: day, reason, differences: [] } }
          : {}),
      };

/** Publishes the next version of a report with its page and its data. */
export async function publishStep(store: Store, report: Report, step: Step): Promise<void> {
  const { uscc, name } = report.organ;
  const before = await records(store, uscc, report.year);
  const document = composed(contentOf(report, step, before.length));
  const page = await writeAs({ name: "html" }, document, { fonts: withoutFonts, beside: PUBLISHED });
  await publish(
    store,
    {
      kind: step.kind,
      uscc,
      year: report.year,
      edition: report.edition,
      organ: name,
      submission: sha256(`${JSON.stringify(step)}${JSON.stringify(report)}`),
      ...(step.reason === undefined ? {} : { reason: step.reason }),
      explanations: {},
      filedBy: { issuer: "test", subject: "clerk" },
      findings: [],
      publishedAt: `${step.day}T09:00:00+08:00`,
      program: "test",
      files: { "report.html": page, "report.json": step.kind === "withdrawal" ? document.source : dataFile(report) },
    },
    before,
  );
}

/** A store with the versions of a report, and everything that readers get of them. */
export async function publishedStore(report: Report, steps: readonly Step[], publicUrl: string): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const step of steps) await publishStep(store, report, step);
  const { uscc } = report.organ;
  await indexPlaces([{ uscc, year: report.year }], { store, pages: portalPages({ publicUrl }) });
  return store;
}
