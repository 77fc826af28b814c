/** What was handed over: the very content that would be published, under the hash that its record would have. */
import { canonicalJson } from "../basics/canonical-json.ts";
import { sha256 } from "../basics/hash.ts";
import { jsonOf } from "../basics/json.ts";
import type { Place } from "../basics/place.ts";
import { readHashed } from "../publish/artefact.ts";
import { JSON_HEADERS } from "../store/json.ts";
import type { Store } from "../store/store.ts";

/** A content taken apart, whatever kind of filing it is of. */
export interface Parts {
  /** Every total computed. */
  readonly report: Readonly<Record<string, unknown>>;
  readonly explanations: Readonly<Record<string, string>>;
  /** Of a correction. */
  readonly supersedes?: number;
  readonly reason?: string;
  /** What a region's report stands on. */
  readonly sources?: unknown;
}

export const contentKey = ({ uscc, year }: Place, hash: string): string =>
  `drafts/${uscc}/${year}/contents/${hash}.json`;

/** SHA-256 (hex) of a content: what a record has as `submission`. */
export const contentHash = (content: unknown): string => sha256(canonicalJson(content));

/** Keeps a content under its hash; what an earlier attempt left torn is written again. */
export async function keepContent(store: Store, place: Place, content: unknown): Promise<string> {
  const hash = contentHash(content);
  const key = contentKey(place, hash);
  const text = canonicalJson(content);
  if (await store.create(key, text, JSON_HEADERS)) return hash;
  if ("fault" in (await readHashed(store, key, hash))) await store.put(key, text, JSON_HEADERS);
  return hash;
}

/** A content that was handed over; undefined where there is none, or none with this hash. */
export async function readContent(store: Store, place: Place, hash: string): Promise<unknown> {
  const found = await readHashed(store, contentKey(place, hash), hash);
  return "bytes" in found ? jsonOf<unknown>(found.bytes) : undefined;
}

/** A first version without explanations is the bare report; all else has its parts by name. */
export function partsOf(content: unknown): Parts {
  const value = content as Parts;
  if (typeof value.report === "object") {
    const { report, explanations = {}, supersedes, reason, sources } = value;
    return {
      report,
      explanations,
      ...(supersedes === undefined ? {} : { supersedes, ...(reason === undefined ? {} : { reason }) }),
      ...(sources === undefined ? {} : { sources }),
    };
  }
  return { report: content as Parts["report"], explanations: {} };
}

/** The content as it is sent to be published: where to, and the body. */
export function requestFor(
  { uscc, year }: Place,
  content: unknown,
): { readonly path: string; readonly body: Readonly<Record<string, unknown>> } {
  const { report, explanations, supersedes, reason, sources } = partsOf(content);
  const filed = {
    ...report,
    ...(Object.keys(explanations).length > 0 ? { explanations } : {}),
    ...(sources === undefined ? {} : { sources }),
  };
  return supersedes === undefined
    ? { path: "/reports", body: filed }
    : { path: `/reports/${uscc}/${year}/corrections`, body: { supersedes, reason, report: filed } };
}
