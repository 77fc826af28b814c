import { type LogKeys, openCheckpoint } from "./checkpoint.ts";
import { readVkey, type Verifier } from "./note.ts";
import { WITNESSES } from "./paths.ts";
import type { TreeHead } from "./proof.ts";
import { goesOnFrom, type Head, logOf, type SiteReader } from "./verify.ts";

/** A witness that the operator lists, and the checkpoint that it cosigned last, as it published it. */
export interface ListedWitness {
  readonly key: string;
  readonly checkpoint?: string;
}

/** The list that bytes are; none where they are none. */
export function readWitnesses(bytes: Uint8Array | undefined): readonly ListedWitness[] {
  try {
    const list = JSON.parse(new TextDecoder().decode(bytes)) as readonly Partial<ListedWitness>[];
    return list.filter((each): each is ListedWitness => typeof each.key === "string");
  } catch {
    return [];
  }
}

/** A tree that a witness cosigned, and when. */
export interface Cosigned extends TreeHead {
  /** POSIX seconds. */
  readonly time: number;
}

/** What a witness says in a checkpoint; undefined where not both, the log and it, signed. */
export async function cosignedBy(
  witness: Verifier,
  checkpoint: string | undefined,
  keys: LogKeys,
): Promise<Cosigned | undefined> {
  const opened = checkpoint === undefined ? undefined : await openCheckpoint(checkpoint, keys, [witness]);
  const time = opened?.signed.find(({ verifier }) => verifier === witness)?.time;
  return opened && time !== undefined ? { size: opened.size, root: opened.root, time } : undefined;
}

/** A witness's statement as a reader can check it. */
export interface Statement {
  readonly name: string;
  readonly key: string;
  /** What it cosigned; absent where that is nothing yet, or not for the log's keys of now. */
  readonly cosigned?: Cosigned;
  /** Whether the log goes on from it. */
  readonly holds: boolean;
}

/** What the witnesses of a site say of its log. */
export async function statementsOf(site: SiteReader, keys: LogKeys, { checkpoint }: Head): Promise<Statement[]> {
  const read = logOf(site);
  const statements: Statement[] = [];
  for (const { key, checkpoint: written } of readWitnesses(await read(WITNESSES))) {
    const witness = readVkey(key);
    if (witness?.kind !== "cosignature") continue;
    const cosigned = await cosignedBy(witness, written, keys);
    const holds = cosigned === undefined || (await goesOnFrom(cosigned, checkpoint, read));
    statements.push({ name: witness.name, key, ...(cosigned ? { cosigned } : {}), holds });
  }
  return statements;
}
