import { createHash } from "node:crypto";
import type { Store } from "./store.ts";

/** What lies under a prefix: the entity tags, by key. */
export async function entityTags(store: Pick<Store, "list">, prefix: string): Promise<ReadonlyMap<string, string>> {
  const tags = new Map<string, string>();
  for await (const { key, etag } of store.list(prefix)) tags.set(key, etag);
  return tags;
}

/** The entity tag that S3 gives content written in one part; under encryption with KMS it is another, and all differs. */
export const etagOf = (content: Uint8Array): string => `"${createHash("md5").update(content).digest("hex")}"`;
