import { decimal, toBase64 } from "./bytes.ts";
import { type Hash, hashFromBase64 } from "./hash.ts";

const HEADER = "c2sp.org/tlog-proof@v1";

/** That an entry is in a log, for whoever has the entry and the log's key (C2SP tlog-proof). */
export interface TlogProof {
  readonly index: number;
  readonly hashes: readonly Hash[];
  /** The signed checkpoint as it is written. */
  readonly checkpoint: string;
}

export const writeProof = ({ index, hashes, checkpoint }: TlogProof): string =>
  `${HEADER}\nindex ${index}\n${hashes.map((hash) => `${toBase64(hash)}\n`).join("")}\n${checkpoint}`;

/** The proof that a text is; undefined of anything else. Extra data, which nothing vouches for, is passed over. */
export function readProof(written: string): TlogProof | undefined {
  const split = written.indexOf("\n\n");
  const [header, ...lines] = written.slice(0, Math.max(split, 0)).split("\n");
  if (lines[0]?.startsWith("extra ")) lines.shift();
  const [, position = ""] = /^index (.*)$/.exec(lines.shift() ?? "") ?? [];
  const index = decimal(position);
  const hashes = lines.map(hashFromBase64);
  if (header !== HEADER || index === undefined || !hashes.every((hash) => hash !== undefined)) return undefined;
  return { index, hashes, checkpoint: written.slice(split + 2) };
}
