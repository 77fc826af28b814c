import { decimal, fromBase64, toBase64 } from "./bytes.ts";
import { type Hash, hashFromBase64 } from "./hash.ts";

const HEADER = "c2sp.org/tlog-proof@v1";

/** That an entry is in a log, for whoever has the entry and the log's key (C2SP tlog-proof). */
export interface TlogProof {
  /** What the leaf hash is to be computed from. Nothing vouches for it but the proof itself. */
  readonly extra?: Uint8Array;
  readonly index: number;
  readonly hashes: readonly Hash[];
  /** The signed checkpoint as it is written. */
  readonly checkpoint: string;
}

export const writeProof = ({ extra, index, hashes, checkpoint }: TlogProof): string =>
  [
    HEADER,
    ...(extra ? [`extra ${toBase64(extra)}`] : []),
    `index ${index}`,
    ...hashes.map(toBase64),
    `\n${checkpoint}`,
  ].join("\n");

/** The proof that a text is; undefined of anything else. */
export function readProof(written: string): TlogProof | undefined {
  const split = written.indexOf("\n\n");
  const [header, ...lines] = written.slice(0, Math.max(split, 0)).split("\n");
  const encoded = lines[0]?.startsWith("extra ") ? lines.shift()?.slice("extra ".length) : undefined;
  const extra = encoded === undefined ? undefined : fromBase64(encoded);
  const [, position = ""] = /^index (.*)$/.exec(lines.shift() ?? "") ?? [];
  const index = decimal(position);
  const hashes = lines.map(hashFromBase64);
  const wellFormed = header === HEADER && (encoded === undefined) === (extra === undefined);
  if (!wellFormed || index === undefined || !hashes.every((hash) => hash !== undefined)) return undefined;
  return { ...(extra ? { extra } : {}), index, hashes, checkpoint: written.slice(split + 2) };
}
