import { join } from "node:path";
import type { Narrative } from "../check/alike.ts";
import type { Message } from "../confined/message.ts";
import { remove, writeAtomically } from "./atomically.ts";
import type { JournalLine } from "./journal.ts";

/** What a task came to: what to write down, and what becomes of the file's folder of results. */
export interface Results {
  readonly line: JournalLine;
  /** The folder goes: nothing that was made of the file before counts. */
  readonly cleared?: true;
  /** Files of the folder; one without bytes is not to be there. */
  readonly files: readonly { readonly name: string; readonly bytes?: Uint8Array }[];
  /** Of a report without errors: what is compared with others' when all are checked. */
  readonly narrative?: Narrative;
}

/** As a process answers it: the files' bytes one after another. */
interface Sent extends Omit<Results, "files"> {
  readonly files: readonly { readonly name: string; readonly size?: number }[];
}

/** What a process answers: what came of the task, nothing where it was done before, or why it failed: `memory` was refused. */
export type Answer = { readonly results?: Results } | { readonly failed: string } | { readonly memory: true };

export function encodeAnswer(answer: Answer): Message {
  if (!("results" in answer) || !answer.results) return { head: answer, body: new Uint8Array() };
  const { files, ...rest } = answer.results;
  const sent: Sent = {
    ...rest,
    files: files.map(({ name, bytes }) => ({ name, ...(bytes ? { size: bytes.length } : {}) })),
  };
  return { head: { results: sent }, body: Buffer.concat(files.flatMap(({ bytes }) => bytes ?? [])) };
}

export function decodeAnswer({ head, body }: Message): Answer {
  const answer = head as { readonly results?: Sent } | Exclude<Answer, { readonly results?: Results }>;
  if (!("results" in answer) || !answer.results) return answer as Answer;
  let at = 0;
  const files = answer.results.files.map(({ name, size }) => {
    if (size === undefined) return { name };
    at += size;
    return { name, bytes: body.subarray(at - size, at) };
  });
  return { results: { ...answer.results, files } };
}

/**
 * Keeps what came of a task.
 * @param folder the file's folder of results
 * @throws StoppedError when it cannot be written
 */
export function keep(folder: string, { cleared, files }: Results): void {
  if (cleared) remove(folder);
  for (const { name, bytes } of files)
    if (bytes) writeAtomically(join(folder, name), bytes);
    else remove(join(folder, name));
}
