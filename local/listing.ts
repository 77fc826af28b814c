import { readdir } from "node:fs/promises";
import { join } from "node:path";

const SUFFIX = "._S3rver_object";

/** What s3rver knows of an object. */
interface Metadata {
  readonly etag: string;
  readonly "last-modified": string;
  readonly "content-length": number;
}

const order = (a: string, b: string): number => (a < b ? -1 : 1);

/**
 * The keys of a bucket's folder in their order. s3rver's own walk looks at every file of every folder on the way, which
 * takes longer with each organ, and gives folders before the files whose names sort first; its tokens for more than a
 * thousand keys want a cipher that OpenSSL 3 has no more.
 */
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
export async function listObjects(
  bucket: string,
  root: string,
  query: URLSearchParams,
  metadataOf: (key: string) => Promise<Metadata>,
): Promise<string> {
  const prefix = query.get("prefix") ?? "";
  const token = query.get("continuation-token");
  const after = token === null ? (query.get("start-after") ?? "") : Buffer.from(token, "base64url").toString();
  const limit = Math.min(Number(query.get("max-keys") ?? 1000), 1000);
  const keys: string[] = [];
  let next = "";
  for await (const key of keysOf(root, prefix.slice(0, prefix.lastIndexOf("/") + 1), prefix, after)) {
    if (keys.length === limit) {
      next = Buffer.from(keys.at(-1) ?? after).toString("base64url");
      break;
    }
    keys.push(key);
  }
  const rows = await Promise.all(
    keys.map(async (key) => {
      // One that was removed meanwhile is not there.
      const metadata = await metadataOf(key).catch(() => undefined);
      if (!metadata) return "";
      const modified = new Date(metadata["last-modified"]).toISOString();
      return `<Contents><Key>${xml(key)}</Key><LastModified>${modified}</LastModified><ETag>${xml(metadata.etag)}</ETag><Size>${metadata["content-length"]}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
    }),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${xml(bucket)}</Name><Prefix>${xml(prefix)}</Prefix><KeyCount>${keys.length}</KeyCount><MaxKeys>${limit}</MaxKeys><IsTruncated>${next !== ""}</IsTruncated>${next === "" ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`}${rows.join("")}</ListBucketResult>`;
}
