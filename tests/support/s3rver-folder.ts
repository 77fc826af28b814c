/** A data folder as versions before left it: s3rver kept an object in three files, ours wrote them aside first. */
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

type Part = "object" | "object.md5" | "metadata.json";
/** In the order in which they were moved to their place. */
export const PARTS: readonly Part[] = ["metadata.json", "object.md5", "object"];

/** @param version what its metadata say */
export async function writeParts(
  path: string,
  { content, version, parts = PARTS }: { content: string; version: string; parts?: readonly Part[] },
): Promise<void> {
  const files: Record<Part, string> = {
    object: content,
    "object.md5": createHash("md5").update(content).digest("hex"),
    "metadata.json": JSON.stringify({ "content-type": "text/plain", "x-amz-meta-version": version }, null, 2),
  };
  await mkdir(dirname(path), { recursive: true });
  for (const part of parts) await writeFile(`${path}._S3rver_${part}`, files[part]);
}

/** A write that was decided, and some of its parts moved, when the process was killed. */
export async function leaveCommitted(
  directory: string,
  {
    bucket,
    key,
    ...written
  }: { bucket: string; key: string; content: string; version: string; parts?: readonly Part[] },
): Promise<void> {
  const folder = join(directory, ".aside", "1-1.committed");
  await writeParts(join(folder, "it"), written);
  await writeFile(join(folder, "target.json"), JSON.stringify({ bucket, key }));
}
