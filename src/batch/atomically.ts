import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { StoppedError } from "./problems.ts";

/** Carries out what the file system may refuse: a disk that is full ends the run, for every other file would fail too. */
function orStop<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { message } = error as Error;
    throw new StoppedError(`不能写入${path}：${message}`, `cannot write ${path}: ${message}`);
  }
}

/**
 * Writes a file under another name first: whoever looks finds all of it, or what was there before. The other name is
 * always the same, so that what a killed run left is written over.
 * @throws StoppedError
 */
export function writeAtomically(path: string, bytes: Uint8Array | string): void {
  orStop(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.tmp`, bytes);
    renameSync(`${path}.tmp`, path);
  });
}

/**
 * Removes a file or a folder, if it is there.
 * @throws StoppedError
 */
export function remove(path: string): void {
  orStop(path, () => rmSync(path, { recursive: true, force: true }));
}
