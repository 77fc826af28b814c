import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { lock } from "../resumable/lock.ts";
import { Book } from "./book.ts";
import { type FileId, JOURNAL, openJournal } from "./journal.ts";
import { ForeignFolderError, InUseError } from "./problems.ts";
import { NOTICES } from "./settings.ts";

const LOCK = "batch.lock";

/** The summary in its three forms. */
export const SUMMARIES = ["summary.json", "summary.html", "summary.xlsx"] as const;

/** The folder of results, open for a run. */
export interface Folder {
  readonly book: Book;
  /** Gives the folder up. */
  close(): void;
}

/**
 * Opens a folder of results, a new one or one that a run left, and takes up what that run did.
 * @param fresh whether to begin anew instead: everything that a run left there is removed
 * @throws ForeignFolderError, InUseError, JournalError
 */
export function openFolder(path: string, fresh: boolean): Folder {
  mkdirSync(path, { recursive: true });
  const entries = readdirSync(path);
  if (entries.length > 0 && !entries.includes(JOURNAL)) throw new ForeignFolderError(path);
  const unlock = lock(join(path, LOCK), (owner) => new InUseError(path, owner));
  try {
    // What the last run said of all files is not true of those that this one finds.
    for (const name of [...SUMMARIES, NOTICES, ...(fresh ? [JOURNAL, "files", "previous"] : [])])
      rmSync(join(path, name), { recursive: true, force: true });
    const book = new Book();
    const journal = openJournal(join(path, JOURNAL), book.add);
    book.keepIn(journal);
    return {
      book,
      close: () => {
        journal.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Removes what was made of files that are no longer there. */
export function sweep(path: string, book: Book, ids: ReadonlySet<FileId>): void {
  for (const id of book.ids()) if (!ids.has(id)) rmSync(join(path, id), { recursive: true, force: true });
}

/** Whether files of a report's folder are as they were written. */
export const areThere = (
  folder: string,
  outputs: readonly { readonly name: string; readonly size: number }[],
): boolean =>
  outputs.every(({ name, size }) => {
    const path = join(folder, name);
    return existsSync(path) && statSync(path).size === size;
  });
