import type { LogEntry, LoggedFile } from "./entry.ts";

/** A version as the site lists it in `versions.json`, as much of it as the log knows. */
interface ListedVersion {
  readonly version: number;
  readonly kind?: string;
  readonly status?: string;
  readonly publishedAt?: string;
  readonly previous: string | null;
  readonly artefacts: readonly LoggedFile[];
  readonly redaction?: { readonly record: number; readonly previous: string | null };
}

/** The list of a place's versions on the site. */
export interface Listing {
  readonly organ?: string;
  readonly versions: readonly ListedVersion[];
}

/** The list that bytes are; undefined of anything else. */
export function readListing(bytes: Uint8Array | undefined): Listing | undefined {
  try {
    const { organ, versions } = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Listing>;
    return Array.isArray(versions) ? { versions, ...(organ === undefined ? {} : { organ }) } : undefined;
  } catch {
    return undefined;
  }
}

const sameFiles = (a: readonly LoggedFile[] | undefined, b: readonly LoggedFile[]): boolean =>
  a?.length === b.length &&
  b.every(({ name, sha256 }) => a.some((file) => file.name === name && file.sha256 === sha256));

/** How a record stands on the site: not listed, or with other files or another record before it than the log has. */
export interface Contradiction {
  readonly version: number;
  readonly kind: "withheld" | "differs";
}

/**
 * Where a site's list of a place contradicts the log. What is listed and not logged yet is none.
 * @param entries of the place, in whatever order; of two for one record the first counts
 */
export function contradictions(entries: readonly LogEntry[], listing: Listing | undefined): readonly Contradiction[] {
  const logged = new Map<number, LogEntry>();
  for (const entry of entries) if (!logged.has(entry.version)) logged.set(entry.version, entry);
  const found: Contradiction[] = [];
  for (const [version, { files }] of logged) {
    const own = listing?.versions.find((each) => each.version === version);
    const redaction = listing?.versions.find((each) => each.redaction?.record === version)?.redaction;
    const listed = own ?? redaction;
    const before = logged.get(version - 1);
    if (!listed) found.push({ version, kind: "withheld" });
    else if ((before && listed.previous !== before.record) || (own && !sameFiles(own.artefacts, files)))
      found.push({ version, kind: "differs" });
  }
  return found.sort((a, b) => a.version - b.version);
}
