import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Objects, SUFFIX } from "./objects.ts";

const order = (a: string, b: string): number => (a < b ? -1 : 1);

/** The keys of a bucket's folder in their order: folders that cannot have one are not looked at. */
async function* keysOf(root: string, folder: string, prefix: string, after: string): AsyncGenerator<string> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const names = entries.flatMap((entry) =>
    entry.isDirectory()
      ? [`${folder}${entry.name}/`]
      : entry.name.endsWith(SUFFIX)
        ? [`${folder}${entry.name.slice(0, -SUFFIX.length)}`]
        : [],
  );
  for (const key of names.sort(order)) {
    if (!key.endsWith("/")) {
      if (key.startsWith(prefix) && key > after) yield key;
    } else if ((key.startsWith(prefix) || prefix.startsWith(key)) && `${key}\uffff` > after)
      yield* keysOf(root, key, prefix, after);
  }
}

const xml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** The answer to `ListObjectsV2` with a prefix, a start and a number; a token is the last key before. */
export async function listObjects(bucket: string, objects: Objects, query: URLSearchParams): Promise<string> {
  const prefix = query.get("prefix") ?? "";
  const token = query.get("continuation-token");
  const after = token === null ? (query.get("start-after") ?? "") : Buffer.from(token, "base64url").toString();
  const limit = Math.min(Number(query.get("max-keys") ?? 1000), 1000);
  const keys: string[] = [];
  let next = "";
  for await (const key of keysOf(objects.root, prefix.slice(0, prefix.lastIndexOf("/") + 1), prefix, after)) {
    if (keys.length === limit) {
      next = Buffer.from(keys.at(-1) ?? after).toString("base64url");
      break;
    }
    keys.push(key);
  }
  const rows = keys.map((key) => {
    // One that was removed meanwhile is not there.
    const found = objects.find(key);
    if (!found) return "";
    const modified = new Date(found.modified).toISOString();
    return `<Contents><Key>${xml(key)}</Key><LastModified>${modified}</LastModified><ETag>${xml(found.etag)}</ETag><Size>${found.size}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${xml(bucket)}</Name><Prefix>${xml(prefix)}</Prefix><KeyCount>${keys.length}</KeyCount><MaxKeys>${limit}</MaxKeys><IsTruncated>${next !== ""}</IsTruncated>${next === "" ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`}${rows.join("")}</ListBucketResult>`;
}
