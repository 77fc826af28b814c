import type { Message } from "../confined/message.ts";
import type { Settings } from "./settings.ts";

/** The settings as a process is sent them, first of all. */
export interface Beginning {
  readonly step: "begin";
  readonly settings: Omit<Settings, "organs">;
  /** The name of the list of organs; the message's body is the list. */
  readonly organs?: string;
}

export function beginningOf({ organs, ...settings }: Settings): Message {
  const head: Beginning = { step: "begin", settings, ...(organs ? { organs: organs.name } : {}) };
  return { head, body: organs?.bytes ?? new Uint8Array() };
}
