import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Backup } from "../src/fsck/restore.ts";
import type { ListedObject } from "../src/store/store.ts";

const JSON_TYPE = "application/json; charset=utf-8";
/** What a folder does not keep of an object: by its key, else what it was when it was written. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^(records|rosters)\/|\/correction\.json$/, JSON_TYPE],
  [/^seals\//, "image/png"],
  [/^(drafts|published\/log\/(batches|leaves))\//, "application/json"],
  [/^published\/log\/tile\//, "application/octet-stream"],
  [/^published\/log\//, "text/plain; charset=utf-8"],
];

/** The type of an artefact by its first bytes: a PDF, a page, data, or a table. */
function typeOfArtefact(bytes: Uint8Array): string {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  if (start.startsWith("%PDF-")) return "application/pdf";
  if (/^<!doctype html/i.test(start)) return "text/html; charset=utf-8";
  return start.startsWith("{") ? JSON_TYPE : "text/csv; charset=utf-8";
}

const typeOf = (key: string, bytes: Uint8Array): string =>
  TYPES.find(([pattern]) => pattern.test(key))?.[1] ?? typeOfArtefact(bytes);

const etagOf = (bytes: Uint8Array): string => `"${createHash("md5").update(bytes).digest("hex")}"`;

/** Names in the order in which a store lists keys: a folder stands where its files do, with the slash after it. */
async function namesOf(folder: string): Promise<readonly { readonly name: string; readonly isFolder: boolean }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return entries
    .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
    .sort((a, b) =>
      Buffer.compare(Buffer.from(a.isFolder ? `${a.name}/` : a.name), Buffer.from(b.isFolder ? `${b.name}/` : b.name)),
    );
}

/** A copy of a bucket in a folder, as `aws s3 sync` makes it. */
export function backupIn(folder: string): Backup {
  async function* walk(prefix: string): AsyncGenerator<ListedObject> {
    for (const { name, isFolder } of await namesOf(join(folder, prefix))) {
      const key = `${prefix}${name}`;
      if (isFolder) yield* walk(`${key}/`);
      else {
        const { size, mtimeMs } = await stat(join(folder, key));
        // Its bytes are read only where there is something to hold them against.
        yield { key, size, etag: "", modified: mtimeMs };
      }
    }
  }
  return {
    list: (prefix) => walk(prefix),
    get: async (key) => {
      const body = await readFile(join(folder, key)).catch(() => undefined);
      return body && { body, etag: etagOf(body), headers: { contentType: typeOf(key, body) } };
    },
  };
}
