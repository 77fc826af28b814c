import type { Bucket } from "../store/store.ts";
import type { Problem } from "./problems.ts";

/** A bucket that keeps what is written over. */
export type Versioned = Pick<Bucket, "versions">;

/** The bucket where it keeps versions, or once did. */
export async function versionedOf(bucket: Pick<Bucket, "versioning" | "versions">): Promise<Versioned | undefined> {
  const versioning = await bucket.versioning();
  return versioning === "enabled" || versioning === "suspended" ? bucket : undefined;
}

/**
 * What was to be written once and was written again, or deleted: where a store that keeps versions passes over the
 * condition of a write, two are told that theirs is the record, and one of them is below the other's.
 */
export async function writtenAgain(bucket: Versioned, prefix: string): Promise<readonly Problem[]> {
  const versions = new Map<string, number>();
  for await (const { key } of bucket.versions(prefix)) versions.set(key, (versions.get(key) ?? 0) + 1);
  return [...versions].flatMap(([key, count]): Problem[] =>
    count > 1 ? [{ kind: "record-versions", key, mended: false }] : [],
  );
}
