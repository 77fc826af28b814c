import type { LogKeys } from "../log/checkpoint.ts";
import type { Signer } from "../log/ed25519.ts";
import type { Verifier } from "../log/note.ts";

/** Whose log it is: its name in checkpoints, and who signs them. */
export interface LogIdentity {
  /** The address of the log without the scheme, by which witnesses tell logs apart. */
  readonly origin: string;
  /** The present key first; during a rotation that of before, or the next, signs too. */
  readonly signers: readonly Signer[];
}

const verifierOf = (origin: string, { publicKey }: Signer): Verifier => ({ name: origin, kind: "note", publicKey });

/** By which a log's checkpoints are known. */
export const keysOf = ({ origin, signers }: LogIdentity): LogKeys =>
  signers.map((signer) => verifierOf(origin, signer));
