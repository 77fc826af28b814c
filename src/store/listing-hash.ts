import { createHash } from "node:crypto";
import type { Store } from "./store.ts";

/**
 * SHA-256 (hex) of what is listed under some prefixes, keys and entity tags: another when anything there was written,
 * with another content, or removed.
 * @param except keys that are left out
 */
export async function listingHash(
  store: Pick<Store, "list">,
  prefixes: readonly string[],
  except: ReadonlySet<string> = new Set(),
): Promise<string> {
  const hash = createHash("sha256");
  for (const prefix of prefixes)
    for await (const { key, etag } of store.list(prefix)) if (!except.has(key)) hash.update(`${key} ${etag}\n`);
  return hash.digest("hex");
}
