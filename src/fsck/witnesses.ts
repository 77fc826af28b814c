import { canonicalJson } from "../basics/canonical-json.ts";
import { openCheckpoint } from "../log/checkpoint.ts";
import { type Verifier, vkeyOf } from "../log/note.ts";
import { type Cosigned, cosignedBy, type ListedWitness, readWitnesses } from "../log/witnessed.ts";
import { CHECKPOINT_KEY, LIST, WITNESSES_KEY } from "../sequence/keys.ts";
import type { Store } from "../store/store.ts";
import { beginsWith, problem } from "./log-problems.ts";
import type { LoggedRecords } from "./logged.ts";
import type { Problem } from "./problems.ts";

/** A witness that the operator lists. */
export interface Witness {
  readonly key: Verifier;
  /** The checkpoint that it cosigned last, as it publishes it; undefined where it does not answer. */
  read(): Promise<string | undefined>;
}

/** Whether the log is at least as large by now: it may have grown since it was read. */
async function hasReached(store: Store, size: number, { keys }: LoggedRecords): Promise<boolean> {
  const object = await store.get(CHECKPOINT_KEY);
  const now = object && (await openCheckpoint(new TextDecoder().decode(object.body), keys));
  return now !== undefined && now.size >= size;
}

/** Whether a witness has seen another log than this one. */
const contradicts = async (store: Store, { size, root }: Cosigned, log: LoggedRecords): Promise<boolean> =>
  size <= log.tree.size ? !(await beginsWith(log.tree, { size, root })) : !(await hasReached(store, size, log));

/**
 * Asks each witness what it cosigned last, and keeps it where readers find it. A witness whom the log does not go on from
 * has seen another: that is the finding which whoever holds the key and the whole bucket cannot take away.
 * @param mend whether what they say is kept
 */
export async function askWitnesses(
  store: Store,
  witnesses: readonly Witness[],
  log: LoggedRecords,
  mend: boolean,
): Promise<readonly Problem[]> {
  if (witnesses.length === 0) return [];
  const before = await store.get(WITNESSES_KEY);
  const known = new Map(readWitnesses(before?.body).map(({ key, checkpoint }) => [key, checkpoint]));
  const problems: Problem[] = [];
  const list: ListedWitness[] = [];
  for (const { key: witness, read } of witnesses) {
    const key = vkeyOf(witness);
    const [fresh, older] = [await read(), known.get(key)];
    const said = (await cosignedBy(witness, fresh, log.keys)) ?? (await cosignedBy(witness, older, log.keys));
    if (said && (await contradicts(store, said, log)))
      problems.push(problem("log-rewritten", `${WITNESSES_KEY} (${witness.name})`));
    const checkpoint = (await cosignedBy(witness, fresh, log.keys)) ? fresh : older;
    list.push({ key, ...(checkpoint === undefined ? {} : { checkpoint }) });
  }
  const text = canonicalJson(list);
  if (mend && new TextDecoder().decode(before?.body) !== text) await store.put(WITNESSES_KEY, text, LIST);
  return problems;
}
