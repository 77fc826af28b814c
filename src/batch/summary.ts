import type { Finding, Level } from "../basics/finding.ts";
import type { CheckLine, FileId, ReadLine, SubmitLine } from "./journal.ts";
import type { ListedOrgan } from "./organs.ts";

/** What became of a file, the gravest last. */
export const OUTCOMES = [
  "sound",
  "same",
  "unexplained",
  "errors",
  "unreadable",
  "failed",
] as const satisfies readonly Outcome[];
export type Outcome = Exclude<CheckLine["outcome"] | ReadLine["outcome"], "read">;
export const SUBMITTED = ["published", "held", "refused", "failed"] as const satisfies readonly SubmitLine["outcome"][];

export const LEVELS = ["error", "warning", "information"] as const satisfies readonly Level[];
export type Counts<K extends string> = Readonly<Record<K, number>>;

/** A file and what became of it; its findings are asked for apart, for there may be many. */
export interface FileSummary {
  readonly id: FileId;
  readonly path: string;
  readonly outcome: Outcome;
  readonly format?: string;
  readonly year?: number;
  /** Whether it was compared with last year's report. */
  readonly compared: boolean;
  readonly counts: Counts<Level>;
  /** Of these, what the figures and the narrative get wrong (`T*`, `Y-*`, `N-*`). */
  readonly ofContent: Counts<Level>;
  /** Names of the files that lie in the folder `id` of the results. */
  readonly outputs: readonly string[];
  readonly submission?: Pick<SubmitLine, "outcome" | "version" | "url">;
}

/** An organ and its files, this year's first. */
export interface OrganSummary {
  /** Stands for it in this summary, e.g. `organ-12`. */
  readonly key: string;
  /** As on the list, else as the report says; absent when it says none. */
  readonly name?: string;
  readonly uscc?: string;
  readonly division?: string;
  /** Absent without a list. */
  readonly listed?: boolean;
  readonly outcome: Outcome;
  readonly counts: Counts<Level>;
  /** Of these, what the figures and the narrative get wrong (`T*`, `Y-*`, `N-*`). */
  readonly ofContent: Counts<Level>;
  readonly files: readonly FileSummary[];
  /** What the notice to it is called in `notices/`, without `.docx` and `.html`; absent when there is none. */
  readonly notice?: string;
}

/** A rule that found something. */
export interface RuleSummary {
  readonly id: string;
  readonly level: Level;
  readonly findings: number;
  /** Keys, in the order of the organs. */
  readonly organs: readonly string[];
  /** The first of its messages. */
  readonly example: string;
  readonly exampleEn: string;
}

/** An organ of the list that has filed nothing for the year. */
export interface NotFiled extends ListedOrgan {
  /** Files that could not be attributed to anybody and have its name or its code in their path. */
  readonly candidates: readonly string[];
}

/** What a run found, in one structure that every form of the summary is made from. */
export interface Summary {
  readonly format: 1;
  readonly program: string;
  /** The date of the run; ISO. */
  readonly date: string;
  /** What the folder is called. */
  readonly title: string;
  /** The year that organs of the list should have filed for; absent when no report says its year. */
  readonly year?: number;
  readonly totals: {
    readonly files: number;
    readonly outcomes: Counts<Outcome>;
    readonly findings: Counts<Level>;
    /** Those that a report names; `organsWithErrors` are among them. */
    readonly organs: number;
    readonly organsWithErrors: number;
    /** Files that do not say whose they are. */
    readonly unattributed: number;
    /** Of the list; absent without one. */
    readonly listed?: number;
    readonly notFiled?: number;
    /** How many organs are written to; absent when no notices were asked for. */
    readonly notices?: number;
    /** Absent when nothing was to be submitted. */
    readonly submissions?: Counts<SubmitLine["outcome"]>;
  };
  readonly rules: readonly RuleSummary[];
  readonly organs: readonly OrganSummary[];
  readonly notFiled: readonly NotFiled[];
  /** Files of one organ and year that differ. */
  readonly duplicates: readonly { readonly organ: string; readonly year: number; readonly paths: readonly string[] }[];
  /** Files that were passed over for their kind. */
  readonly others: readonly string[];
}

/**
 * Whether a rule is on what the figures and the narrative say (`T*`, `Y-*`, `N-*`); the others are on what could not be
 * read, is missing or is formally wrong.
 */
export const isOfContent = (id: string): boolean => /^(?:T\d|Y|N)-/.test(id);

/** The organs, those whose figures and texts have most errors first, then most errors of any kind, then warnings. */
export const worstFirst = (organs: readonly OrganSummary[]): readonly OrganSummary[] =>
  organs.toSorted(
    (a, b) =>
      b.ofContent.error - a.ofContent.error ||
      b.counts.error - a.counts.error ||
      b.ofContent.warning - a.ofContent.warning ||
      b.counts.warning - a.counts.warning,
  );

/** The findings of a file, in the order of the steps. */
export type FindingsOf = (file: FileSummary) => readonly Finding[];
