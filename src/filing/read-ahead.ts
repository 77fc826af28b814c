import { apart } from "../check/apart.ts";
import { placesOver, policyKey } from "../office/policy.ts";
import { VERSIONS } from "../publish/public.ts";
import { aliasKey, recordKey, sealKey } from "../publish/record.ts";
import { divisionsAround } from "../roster/roster.ts";
import { rosterKey } from "../roster/stored.ts";
import type { Store, StoredObject } from "../store/store.ts";
import { placeOfReport } from "./check.ts";
import type { Task } from "./task.ts";

/**
 * What every filing of a kind reads before its record, as far as the request alone names it: last year's report, the
 * roster, what is published at the place, who must agree, the seal. Further objects follow from what these say.
 * @param value as it was sent
 */
function keysFor(task: Task, value: unknown): readonly string[] {
  const place = "place" in task ? task.place : placeOfReport(apart(value).report);
  if (!place) return [];
  const { uscc, year } = place;
  const published = "place" in task ? [recordKey(uscc, year, 2), aliasKey(uscc, year, VERSIONS)] : [];
  const here = [recordKey(uscc, year, 1), ...published];
  if (task.kind === "withdrawal" || task.kind === "redaction") return here;
  return [
    ...here,
    recordKey(uscc, year - 1, 1),
    ...divisionsAround(uscc.slice(2, 8)).map((division) => rosterKey(division, 1)),
    ...placesOver(uscc).map((over) => policyKey(over, 1)),
    sealKey(uscc),
  ];
}

/**
 * The store, with what a filing will read asked for at once: the first read of such a key gets that answer, every later
 * one asks again.
 */
export function readAhead(store: Store, task: Task, value: unknown): Store {
  const asked = new Map<string, Promise<StoredObject | undefined>>();
  for (const key of keysFor(task, value)) {
    const answer = store.get(key);
    // Nobody may come to read it.
    answer.catch(() => undefined);
    asked.set(key, answer);
  }
  return {
    get: (key) => {
      const answer = asked.get(key);
      asked.delete(key);
      return answer ?? store.get(key);
    },
    create: (key, body, headers, sha256) => store.create(key, body, headers, sha256),
    put: (key, body, headers) => store.put(key, body, headers),
    replace: (key, body, headers, etag) => store.replace(key, body, headers, etag),
    delete: (key) => store.delete(key),
    list: (prefix, after) => store.list(prefix, after),
  };
}
