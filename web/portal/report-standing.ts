/** What became of a version, from `versions.json` beside it. */

interface Version {
  readonly version: number;
  readonly kind: "original" | "correction" | "withdrawal";
  readonly status: "current" | "superseded" | "withdrawn" | "redacted";
  /** ISO 8601. */
  readonly publishedAt: string;
  readonly reason?: string;
}

/** `versions.json`, as much of it as is read. */
export interface Listing {
  readonly uscc: string;
  readonly organ: string;
  readonly year: number;
  /** Oldest first. */
  readonly versions: readonly Version[];
}

const dated = ({ publishedAt, reason }: Version): string =>
  `（${publishedAt.slice(0, 10)}${reason === undefined ? "" : `；理由：${reason.replace(/。$/, "")}`}）`;

/**
 * What is to be said of a version that does not stand, and which version to read instead; undefined of one that stands.
 * A withdrawal ends all before it; else the next version took its place, and the latest is the one to read.
 */
export function standingOf(
  versions: readonly Version[],
  version: number,
): { readonly text: string; readonly by: number } | undefined {
  const latest = versions.at(-1);
  const next = versions.find((other) => other.version > version);
  if (!latest || !next) return undefined;
  if (latest.kind === "withdrawal")
    return {
      text: `报告已由第${latest.version}版撤回${dated(latest)}，这是已经失效的第${version}版。`,
      by: latest.version,
    };
  const since = latest === next ? "" : `现行的是第${latest.version}版。`;
  return { text: `这是第${version}版，已被第${next.version}版取代${dated(next)}。${since}`, by: latest.version };
}
