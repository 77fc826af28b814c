/** Reminders (催报): what an office above sent to organs that are late, kept as it was sent. */
import type { Filer } from "../basics/filer.ts";
import { writeOnce } from "../store/json.ts";
import type { Store } from "../store/store.ts";
import { type Numbered, previousOf, readSeries } from "./series.ts";

/** A reminder of a division and a year, as one create-if-absent write committed it. Never changed. */
export interface Reminder extends Numbered {
  readonly format: 1;
  readonly division: string;
  readonly year: number;
  /** From 1, without gaps. */
  readonly version: number;
  /** Codes of those who are reminded, each once. */
  readonly organs: readonly string[];
  readonly text: string;
  /** ISO 8601 with +08:00. */
  readonly at: string;
  readonly by: Filer;
  /** The sender's key for trying again (`Idempotency-Key`). */
  readonly key?: string;
}

/** Of what a reminder is. */
export type ReminderPlace = Pick<Reminder, "division" | "year">;

/** Which reminder. */
export type ReminderName = ReminderPlace & Pick<Reminder, "version">;

/** Times that a reminder is written while others take the numbers before it. */
const ATTEMPTS = 8;

export const reminderKey = ({ division, year }: ReminderPlace, version: number): string =>
  `reminders/${division}/${year}/v${version}.json`;

const KEY = /^reminders\/(\d{6})\/(\d{4})\/v([1-9]\d{0,5})\.json$/;

/** The reminder that a key is of, or undefined. */
export function reminderOfKey(key: string): ReminderName | undefined {
  const [, division, year, version] = KEY.exec(key) ?? [];
  return division === undefined ? undefined : { division, year: Number(year), version: Number(version) };
}

/** Every reminder, oldest first. */
export const reminders = (store: Store, place: ReminderPlace): Promise<readonly Reminder[]> =>
  readSeries<Reminder>(store, (version) => reminderKey(place, version));

/**
 * Keeps a reminder as the next of its division and year. With a key that was used before nobody is reminded again: the
 * reminder of then is answered.
 * @throws what the store threw, when it is not known whether it was written
 */
export async function remind(
  store: Store,
  reminder: Omit<Reminder, "format" | "version" | "previous">,
): Promise<{ readonly created: boolean; readonly reminder: Reminder }> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await reminders(store, reminder);
    const again = reminder.key === undefined ? undefined : before.find(({ key }) => key === reminder.key);
    if (again) return { created: false, reminder: again };
    const version = before.length + 1;
    const next: Reminder = { format: 1, ...reminder, version, previous: previousOf(before) };
    const { same, standing } = await writeOnce(store, reminderKey(reminder, version), next);
    if (same) return { created: true, reminder: standing };
    if (attempt === ATTEMPTS) throw new Error(`others keep reminding organs of ${reminder.division}`);
  }
}
