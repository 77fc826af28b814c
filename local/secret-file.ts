import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  });
}

/** A folder that nobody but its owner looks into (mode 0700), made where it is not there. */
export async function ownFolder(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
}

/** A secret that a file keeps for its owner alone (mode 0600), made on first use; of two processes at once, one makes it. */
export async function secretFile(file: string, make: () => Promise<string> | string): Promise<string> {
  const known = await readIfThere(file);
  if (known !== undefined) return known;
  await ownFolder(dirname(file));
  const aside = `${file}.${randomBytes(8).toString("hex")}`;
  await writeFile(aside, await make(), { mode: 0o600 });
  await link(aside, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await unlink(aside);
  return readFile(file, "utf8");
}
