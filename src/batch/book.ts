import type { Finding } from "../basics/finding.ts";
import type { Narrative } from "../check/alike.ts";
import { withoutRepeats } from "../import/repeats.ts";
import type { At } from "../resumable/journal.ts";
import type { BatchJournal, CheckLine, FileId, JournalLine, ReadLine, SubmitLine } from "./journal.ts";

/** Of a line what a run needs at hand; its findings stay in the journal. */
type Brief<L extends JournalLine> = Omit<L, "findings" | "step" | "id"> & { readonly at: At };

/** That reading a file lost something, or what it assumed: the rules of the account that say so. */
export interface Doubts {
  readonly lossy: boolean;
  readonly assumed: readonly string[];
}

/** What is known of a file. */
export interface Entry {
  read?: Brief<ReadLine> & Doubts;
  check?: Brief<CheckLine>;
  submit?: Brief<SubmitLine>;
}

const ids = (findings: readonly Finding[]): string[] => [...new Set(findings.map(({ id }) => id))];

function brief<L extends JournalLine>(line: L, at: At): Brief<L> {
  const { findings: _, step: _step, id: _id, ...rest } = line;
  return { ...rest, at };
}

/** What a run knows of its files: a small entry for each, the rest in the journal. */
export class Book {
  readonly #entries = new Map<FileId, Entry>();
  /** What is found by comparing files with each other: made anew in each run, and in no journal. */
  readonly #among = new Map<FileId, readonly Finding[]>();
  /** What of the reports that this run checked is compared, until it is. */
  readonly #narratives = new Map<FileId, Narrative>();
  #journal: BatchJournal | undefined;

  /** Takes up a line that is in the journal. */
  readonly add = (line: JournalLine, at: At): void => {
    const entry = this.#entries.get(line.id) ?? {};
    this.#entries.set(line.id, entry);
    if (line.step === "read") {
      const { findings } = line;
      // What was checked was another reading.
      delete entry.check;
      entry.read = {
        ...brief(line, at),
        lossy: findings.some(({ level }) => level === "error"),
        assumed: ids(findings.filter(({ id, level }) => level === "warning" && id.startsWith("I-"))),
      };
    } else if (line.step === "check") entry.check = brief(line, at);
    else entry.submit = brief(line, at);
  };

  /** From here on lines are written down before they are taken up. */
  keepIn(journal: BatchJournal): void {
    this.#journal = journal;
  }

  write(line: JournalLine): void {
    this.add(line, this.#journal!.append(line));
  }

  get(id: FileId): Entry {
    return this.#entries.get(id) ?? {};
  }

  /** Keeps what of a report is compared with others'. */
  narrates(id: FileId, narrative: Narrative): void {
    this.#narratives.set(id, narrative);
  }

  /** What of a report is compared, once; undefined of one that an earlier run checked. */
  takeNarrative(id: FileId): Narrative | undefined {
    const narrative = this.#narratives.get(id);
    this.#narratives.delete(id);
    return narrative;
  }

  /** Takes what the comparison of files with each other found about one. */
  found(id: FileId, findings: readonly Finding[]): void {
    this.#among.set(id, findings);
  }

  ids(): IterableIterator<FileId> {
    return this.#entries.keys();
  }

  /** What was found about a file in some steps. */
  findings(id: FileId, steps: readonly ("read" | "check" | "submit")[]): readonly Finding[] {
    const entry = this.get(id);
    const of = (step: keyof Entry): readonly Finding[] => {
      const at = entry[step]?.at;
      return at ? this.#journal!.read(at).findings : [];
    };
    const found = steps.flatMap((step) =>
      step === "check" && steps.includes("read") ? withoutRepeats(of(step), of("read")) : of(step),
    );
    return steps.includes("check") ? [...found, ...(this.#among.get(id) ?? [])] : found;
  }
}
