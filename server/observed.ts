import type { Store } from "../src/store/store.ts";

/** A store that notifies of what was created, as the bucket does in the cloud. */
export const observed = (store: Store, onCreated: (key: string) => void): Store => ({
  get: (key) => store.get(key),
  put: (key, body, headers) => store.put(key, body, headers),
  replace: (key, body, headers, etag) => store.replace(key, body, headers, etag),
  delete: (key) => store.delete(key),
  list: (prefix, after) => store.list(prefix, after),
  create: async (key, body, headers, sha256) => {
    const created = await store.create(key, body, headers, sha256);
    if (created) onCreated(key);
    return created;
  },
});
