import { sha256 } from "../../src/basics/hash.ts";
import type { Place } from "../../src/basics/place.ts";
import { type Published, publish, records } from "../../src/publish/publish.ts";
import type { PublicationRecord } from "../../src/publish/record.ts";
import type { Store } from "../../src/store/store.ts";
import { distinctReport } from "./distinct.ts";

export const SMALL = { uscc: distinctReport(1).organ.uscc, year: 2020 };

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What one small version is told from another by. */
interface Own {
  readonly submission: string;
  readonly subject: string;
  /** A few bytes in place of pages. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** Publishes the version of a place after those given. */
const publishSmall = (
  store: Store,
  place: Place,
  before: readonly PublicationRecord[],
  { submission, subject, files }: Own,
): Promise<Published> =>
  publish(
    store,
    {
      kind: before.length === 0 ? "original" : "correction",
      ...place,
      edition: "2019",
      organ: "示例机关",
      submission,
      ...(before.length === 0 ? {} : { reason: "核对后更正。" }),
      explanations: {},
      filedBy: { issuer: "test", subject },
      findings: [],
      publishedAt: "2021-01-20T09:00:00+08:00",
      program: "test",
      files,
    },
    before,
  );

/** Publishes the next version of a place, with a file of a few bytes in place of pages; each number another. */
export const smallVersion = (store: Store, n: number, before: readonly PublicationRecord[]): Promise<Published> =>
  publishSmall(store, SMALL, before, {
    submission: String(n).padStart(64, "0"),
    subject: `clerk ${n}`,
    files: { "report.json": bytes(`{"n":${n}}`) },
  });

/** Publishes the next version of whatever stands at a place, with two small files in which the words are. */
export async function publishWords(store: Store, place: Place, words: string): Promise<void> {
  await publishSmall(store, place, await records(store, place.uscc, place.year), {
    submission: sha256(words),
    subject: "clerk",
    files: { "report.pdf": bytes(`pdf ${words}`), "report.json": bytes(`{"r":"${words}"}`) },
  });
}
