import { publicInternet } from "../src/fetch/policy.ts";
import { deliver } from "../src/office/deliver.ts";
import type { ReminderName } from "../src/office/reminders.ts";
import type { Store } from "../src/store/store.ts";

/** Set by the build from package.json. */
declare const NIANBAO_VERSION: string;

/** Sends reminders over the Internet as it is, to the webhooks that the operator set in the store. */
export const reminding =
  (store: Store) =>
  (reminder: ReminderName): Promise<void> =>
    deliver(reminder, { store, policy: publicInternet(`nianbao/${NIANBAO_VERSION}`), now: () => new Date() });
