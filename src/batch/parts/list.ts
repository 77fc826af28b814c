import { JSON_HEADERS } from "../../store/json.ts";
import { inChunks } from "../../store/parts.ts";
import type { Store } from "../../store/store.ts";
import type { Side } from "../journal.ts";
import { EmptyFolderError } from "../problems.ts";
import { filesAmong, idsOf } from "../walk.ts";
import { INBOX, type JobFiles, keysOf, type PartFile, partsOf, readJob } from "./job.ts";

/** Files of a part, and seconds that it may take: what a function of the cloud may, for files that are tried twice. */
const [MOST, SECONDS] = [20, 400];

/** How many files a part has, each of which may take so many seconds. */
export const filesOfPart = (timeout: number): number => Math.max(1, Math.min(MOST, Math.floor(SECONDS / timeout)));

async function listed(store: Store, side: Side, prefix: string) {
  if (!prefix.startsWith(INBOX) || !prefix.endsWith("/")) throw new TypeError(`no prefix of the inbox: ${prefix}`);
  const sizes = new Map<string, number>();
  const paths = async function* (): AsyncGenerator<string> {
    for await (const { key, size } of store.list(prefix)) {
      const path = key.slice(prefix.length);
      sizes.set(path, size);
      yield path;
    }
  };
  const found = await filesAmong(paths());
  const ids = idsOf(side, found);
  const files = found.files.map(
    (path, i): PartFile => ({ id: ids[i]!, key: `${prefix}${path}`, size: sizes.get(path) ?? 0 }),
  );
  return { ids, files, others: found.others };
}

/**
 * Lists the files of a job and says which part reads which.
 * @throws EmptyFolderError
 */
export async function listJob(store: Store, name: string): Promise<{ readonly files: number; readonly parts: number }> {
  const { prefix, previous, timeout } = await readJob(store, name);
  const now = await listed(store, "files", prefix);
  if (now.files.length === 0) throw new EmptyFolderError(prefix);
  const before = previous === undefined ? undefined : await listed(store, "previous", previous);
  const files: JobFiles = { files: now.ids, previous: before?.ids ?? [], others: now.others };
  await store.put(keysOf(name).files, JSON.stringify(files), JSON_HEADERS);
  const all = [...now.files, ...(before?.files ?? [])];
  const parts = await partsOf(store, name).write("read", inChunks(all, filesOfPart(timeout)));
  return { files: all.length, parts };
}
