import { laggingPlaces, laggingRosters } from "../src/index/lagging.ts";
import { recordKey } from "../src/publish/record.ts";
import { rosterKey } from "../src/roster/stored.ts";
import type { Store } from "../src/store/store.ts";
import type { IndexHandler, IndexQueue } from "./queue.ts";

/** Begins to index in this process: what the store shows that an earlier one had not begun, then what comes. */
export async function startIndexing(queue: IndexQueue, store: Store, handler: IndexHandler): Promise<void> {
  for (const { uscc, year } of await laggingPlaces(store)) queue.push(recordKey(uscc, year, 1));
  for (const division of await laggingRosters(store)) queue.push(rosterKey(division, 1));
  await queue.start(handler);
}
