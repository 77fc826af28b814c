import { canonicalJson } from "../basics/canonical-json.ts";
import { sha256 } from "../basics/hash.ts";
import type { Book, Entry } from "./book.ts";
import type { FileId } from "./journal.ts";
import type { CheckTask, Settings } from "./settings.ts";

/** A file of which a report was made. */
interface Reading {
  readonly id: FileId;
  readonly read: NonNullable<Entry["read"]>;
}

/** The files that are of one organ and year; those that do not say of which are of none. */
class Places {
  readonly #files = new Map<string, Reading[]>();

  static key({ read: { uscc, organ } }: Reading, year: number): string | undefined {
    const who = uscc ?? organ?.normalize("NFKC").replace(/\s+/gu, "");
    return who === undefined ? undefined : `${who} ${year}`;
  }

  constructor(readings: readonly Reading[]) {
    for (const reading of readings) {
      const { year } = reading.read;
      const key = year === undefined ? undefined : Places.key(reading, year);
      if (key === undefined) continue;
      const there = this.#files.get(key);
      if (there) there.push(reading);
      else this.#files.set(key, [reading]);
    }
  }

  /** The files of a report's organ in a year. */
  of(reading: Reading, year: number): readonly Reading[] {
    const key = Places.key(reading, year);
    return (key === undefined ? undefined : this.#files.get(key)) ?? [];
  }
}

const readingsOf = (ids: readonly FileId[], book: Book): Reading[] =>
  ids.flatMap((id) => {
    const { read } = book.get(id);
    return read?.outcome === "read" ? [{ id, read }] : [];
  });

/** Of files with the same content the first. */
const distinct = (readings: readonly Reading[]): Reading[] =>
  readings.filter(({ read }, i) => readings.findIndex((other) => other.read.report === read.report) === i);

/**
 * What is to be checked, once every file is read: a report, and what others there are of its organ, in its year and
 * in the year before (last year's folder first, then the one under check).
 * @param files the files under check, sorted
 * @param previous last year's files, sorted
 */
export function plan(
  files: readonly FileId[],
  previous: readonly FileId[],
  book: Book,
  settings: Settings,
): CheckTask[] {
  const readings = readingsOf(files, book);
  const here = new Places(readings);
  const before = new Places(readingsOf(previous, book));
  return readings.map((reading) => {
    const { id, read } = reading;
    const there = read.year === undefined ? [] : here.of(reading, read.year);
    const [first] = there;
    const differs = there.filter((other) => other.read.report !== read.report).map((other) => other.id);
    const lastYear = read.year === undefined ? [] : distinct(lastYearsOf(reading, read.year - 1, [before, here]));
    const task: Omit<CheckTask, "key"> = {
      step: "check",
      id,
      lossy: read.lossy,
      ...(differs.length > 0 ? { differs } : first && first.id !== id ? { same: first.id } : {}),
      previous: lastYear.map((other) => other.id),
    };
    const key = sha256(
      canonicalJson({
        task,
        program: settings.program,
        fonts: settings.fontSet,
        render: settings.render,
        read: read.key,
        previous: lastYear.map((other) => other.read.report ?? ""),
      }),
    );
    return { ...task, key };
  });
}

function lastYearsOf(reading: Reading, year: number, places: readonly Places[]): readonly Reading[] {
  for (const place of places) {
    const found = place.of(reading, year);
    if (found.length > 0) return found;
  }
  return [];
}
