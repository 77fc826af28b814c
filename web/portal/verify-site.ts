/** The site's own files, as the script that verifies asks for them. */

import { toHex } from "../../src/log/bytes.ts";
import { hashOf } from "../../src/log/hash.ts";
import { readVkey, type Verifier } from "../../src/log/note.ts";
import { remembering } from "../../src/log/tiles.ts";
import { logOf, type SiteReader } from "../../src/log/verify.ts";

/** An answer that says nothing of whether the file is there. */
export class Unreachable extends Error {}

/** @param root address of the public files, with a slash at the end */
export const siteAt = (root: URL): SiteReader =>
  remembering(async (path) => {
    const answer = await fetch(new URL(path, root)).catch((cause: unknown) => {
      throw new Unreachable(path, { cause });
    });
    // A bucket says 403 of what is not there.
    if (answer.status === 404 || answer.status === 403) return undefined;
    if (!answer.ok) throw new Unreachable(`${answer.status} ${path}`);
    return new Uint8Array(await answer.arrayBuffer());
  });

/** The keys that the site shows for its log; none where it keeps none. */
export async function keysOf(site: SiteReader): Promise<readonly Verifier[]> {
  const lines = new TextDecoder().decode(await logOf(site)("key")).split("\n");
  return lines.map((line) => readVkey(line.trim())).filter((key) => key?.kind === "note") as readonly Verifier[];
}

/** SHA-256 (hex), by the platform; a page that did not come over TLS has no Web Crypto. */
export async function sha256Of(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  const subtle = globalThis.crypto?.subtle;
  return toHex(subtle ? new Uint8Array(await subtle.digest("SHA-256", bytes)) : hashOf(new Uint8Array(bytes)));
}
