import { laggingPlaces, laggingRosters } from "../src/index/lagging.ts";
import { GIVEN_UP } from "../src/office/deliver.ts";
import { reminderOfKey } from "../src/office/reminders.ts";
import { recordKey } from "../src/publish/record.ts";
import { rosterKey } from "../src/roster/stored.ts";
import type { Store } from "../src/store/store.ts";
import type { IndexHandler, IndexQueue, StagedIndexer } from "./queue.ts";

/** Looks in the store for what is not indexed, and has it indexed. */
export async function pushLagging(queue: IndexQueue, store: Store): Promise<void> {
  for (const { uscc, year } of await laggingPlaces(store)) queue.push(recordKey(uscc, year, 1));
  for (const division of await laggingRosters(store)) queue.push(rosterKey(division, 1));
  // What was delivered is not sent again.
  for await (const { key, modified } of store.list("reminders/"))
    if (reminderOfKey(key) && Date.now() - modified < GIVEN_UP) queue.push(key);
}

/** Begins to index in this process: what the store shows that an earlier one had not begun, then what comes. */
export async function startIndexing(
  queue: IndexQueue,
  store: Store,
  indexer: IndexHandler | StagedIndexer,
): Promise<void> {
  await pushLagging(queue, store);
  await queue.start(indexer);
}
