import { type Published, publish } from "../../src/publish/publish.ts";
import type { PublicationRecord } from "../../src/publish/record.ts";
import type { Store } from "../../src/store/store.ts";
import { distinctReport } from "./distinct.ts";

export const SMALL = { uscc: distinctReport(1).organ.uscc, year: 2020 };

/** Publishes the next version of a place, with a file of a few bytes in place of pages; each number another. */
export const smallVersion = (store: Store, n: number, before: readonly PublicationRecord[]): Promise<Published> =>
  publish(
    store,
    {
      kind: before.length === 0 ? "original" : "correction",
      ...SMALL,
      edition: "2019",
      organ: "示例机关",
      submission: String(n).padStart(64, "0"),
      ...(before.length === 0 ? {} : { reason: "核对后更正。" }),
      explanations: {},
      filedBy: { issuer: "test", subject: `clerk ${n}` },
      findings: [],
      publishedAt: "2021-01-20T09:00:00+08:00",
      program: "test",
      files: { "report.json": new TextEncoder().encode(`{"n":${n}}`) },
    },
    before,
  );
