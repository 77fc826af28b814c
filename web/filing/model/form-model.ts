/** The form: what is in it, how it got there, what the checks say of it. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Report } from "../../../generated/report.ts";
import type { Finding } from "../../../src/basics/finding.ts";
import { type Checked, conclude } from "../../../src/check/conclude.ts";
import type { Coverage } from "../../../src/check/glyphs.ts";
import { validate } from "../../../src/check/validate.ts";
import type { EditionForm } from "../../../src/form/form.ts";
import { isUscc } from "../../../src/form/uscc.ts";
import type { DraftReport, FormModel, LastYearFile } from "../contract.ts";
import { type Aside, type DifferingTotal, emptyDraft, formOfDraft, onYear, withoutTotals, withParts } from "./draft.ts";
import { type Change, withChanges } from "./edits.ts";
import { begin, type History, record, redo, seal, undo } from "./history.ts";

/** What became of last year's report. */
export type LastYear = "unknown" | "loading" | "found" | "none" | "failed";

/** What the form needs of the world. */
export interface FormOptions {
  /** The year that a new form is for. */
  readonly year: number;
  /** What can be printed, as the service's own fonts have it; asked again when it failed. */
  readonly coverage: () => Promise<Coverage>;
  /** Last year's report as it stands published; undefined when there is none. */
  readonly lastYear: (uscc: string, year: number, abort: AbortSignal) => Promise<Report | undefined>;
  /** How long a pause in typing is before everything is checked, ms. */
  readonly pause?: number;
  /** Puts off what would move the page under a mouse that is pressed. */
  readonly whenSteady?: (act: () => void) => void;
}

interface State {
  readonly report: DraftReport;
  readonly aside: Aside;
}

/** Until the fonts' coverage is here characters are not checked. */
const EVERYTHING: Coverage = { missing: () => [], fallbacks: () => [] };

/** A place that was asked to be shown; a new object every time. */
export interface Revealed {
  readonly pointer: string;
}

/** The form behind the page; `FormModel` is what other parts see of it. */
export class Form implements FormModel {
  readonly #options: FormOptions;
  readonly #history: Signal<History<State>>;
  readonly #checked: Signal<Checked>;
  readonly #published = signal<Report | undefined>(undefined);
  readonly #lastYear = signal<LastYear>("unknown");
  readonly #coverage = signal<Coverage | undefined>(undefined);
  readonly #asked = signal(0);
  readonly remarks = signal<readonly Finding[]>([]);
  readonly lastYearFile = signal<LastYearFile | undefined>(undefined);
  readonly report: ReadonlySignal<DraftReport>;
  readonly previous: ReadonlySignal<Report | undefined>;
  readonly form: ReadonlySignal<EditionForm>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  /** How many figures are put aside because the year's form has no place for them. */
  readonly asideCount: ReadonlySignal<number>;
  /** Totals of a report that was loaded which were not the sums; they were left out. */
  readonly differing = signal<readonly DifferingTotal[]>([]);
  readonly revealed = signal<Revealed | undefined>(undefined);
  /** Where the clerk has been: findings elsewhere wait until everything is asked for. */
  readonly touched = signal<ReadonlySet<string>>(new Set());
  /** Whether everything was asked for. */
  readonly showAll = signal(false);

  constructor(options: FormOptions) {
    this.#options = options;
    this.#history = signal(begin<State>({ report: emptyDraft(options.year), aside: {} }));
    this.report = computed(() => this.#history.value.present.state.report);
    this.form = computed(() => formOfDraft(this.report.value));
    this.previous = computed(() => this.#published.value ?? this.#usedFile()?.report);
    this.canUndo = computed(() => this.#history.value.past.length > 0);
    this.canRedo = computed(() => this.#history.value.future.length > 0);
    this.asideCount = computed(() => Object.keys(this.#history.value.present.state.aside).length);
    this.#checked = signal(this.#conclude());
  }

  get checked(): ReadonlySignal<Checked> {
    return this.#checked;
  }

  get lastYear(): ReadonlySignal<LastYear> {
    return this.#lastYear;
  }

  /** Whether what can be printed is known; before, characters are not checked. */
  get coverageKnown(): boolean {
    return this.#coverage.value !== undefined;
  }

  /** The file of last year's report, where it is of the year before and the service has none. */
  #usedFile(): LastYearFile | undefined {
    const file = this.lastYearFile.value;
    return !this.#published.value && file && file.report.year + 1 === this.report.value["year"] ? file : undefined;
  }

  #conclude(): Checked {
    const report = this.report.value;
    const checked = conclude(report, validate(report), this.previous.value, this.#coverage.value ?? EVERYTHING);
    const { flawed } = this.#usedFile() ?? {};
    return flawed ? { ...checked, findings: [...checked.findings, flawed] } : checked;
  }

  /** Checks now, without waiting for a pause. */
  check(): Checked {
    this.#checked.value = this.#conclude();
    return this.#checked.value;
  }

  /** Begins to check after every pause and to look for last year's report; the answer ends it. */
  start(): () => void {
    const place = computed(() => {
      const { organ, year } = this.report.value as { organ?: { uscc?: unknown }; year?: unknown };
      const uscc = organ?.uscc;
      return typeof uscc === "string" && isUscc(uscc) && typeof year === "number" ? `${uscc}/${year}` : "";
    });
    const ends = [
      effect(() => {
        const inputs = [this.report.value, this.previous.value, this.#coverage.value];
        const { pause = 150, whenSteady = (act) => act() } = this.#options;
        const timer = setTimeout(() => whenSteady(() => void (inputs && this.check())), pause);
        return () => clearTimeout(timer);
      }),
      effect(() => {
        const [uscc = "", year = ""] = place.value.split("/");
        this.#asked.value;
        const abort = new AbortController();
        this.#published.value = undefined;
        this.#lastYear.value = uscc === "" ? "unknown" : "loading";
        if (uscc !== "")
          this.#options.lastYear(uscc, Number(year) - 1, abort.signal).then(
            (previous) => {
              if (abort.signal.aborted) return;
              this.#published.value = previous;
              this.#lastYear.value = previous ? "found" : "none";
            },
            () => {
              if (!abort.signal.aborted) this.#lastYear.value = "failed";
            },
          );
        return () => abort.abort();
      }),
    ];
    this.askCoverage();
    return () => {
      for (const end of ends) end();
    };
  }

  /** Looks for last year's report again. */
  askLastYear(): void {
    this.#asked.value += 1;
    if (!this.#coverage.value) this.askCoverage();
  }

  /** Asks what can be printed, unless it is known. */
  askCoverage(): void {
    if (this.#coverage.peek()) return;
    this.#options.coverage().then(
      (coverage) => {
        this.#coverage.value = coverage;
      },
      () => undefined,
    );
  }

  #step(state: State, pointer: string, tag?: string): void {
    if (state.report === this.report.peek()) return;
    this.#history.value = record(this.#history.peek(), { state, pointer, tag });
  }

  /**
   * Makes changes as one step that can be undone.
   * @param tag changes with the same tag, one right after another, are one step
   */
  edit(changes: readonly Change[], tag?: string): void {
    if (changes.length === 0) return;
    const { report, aside } = this.#history.peek().present.state;
    this.#step({ report: withChanges(report, changes), aside }, changes[0]![0], tag);
  }

  set(pointer: string, value: unknown): void {
    this.edit([[pointer, value]]);
    this.touch(pointer);
  }

  /** Puts the report on the form of a year; what both forms have stays. */
  setYear(year: number): void {
    const { report, aside } = this.#history.peek().present.state;
    this.#step(onYear(report, aside, year), "/year");
  }

  open(draft: DraftReport): void {
    this.#take(draft, (state) => begin(state));
  }

  load(draft: DraftReport): void {
    this.#take(draft, (state) => record(this.#history.peek(), { state, pointer: "" }));
  }

  #take(draft: DraftReport, into: (state: State) => History<State>): void {
    const { report, differing } = withoutTotals(withParts(draft));
    batch(() => {
      this.#history.value = into({ report, aside: {} });
      this.differing.value = differing;
      this.showAll.value = false;
      this.revealed.value = undefined;
      // What came with figures and texts was looked at once; what it lacks is still not called missing.
      this.touched.value = new Set([...leaves(report)]);
      this.check();
    });
  }

  /** The report as it is and as it was, as far back as can be undone; the latest first. */
  states(): DraftReport[] {
    const { past, present } = this.#history.peek();
    return [...past, present].reverse().map(({ state }) => state.report);
  }

  /** Ends a run of changes that would have been one step. */
  seal(): void {
    this.#history.value = seal(this.#history.peek());
  }

  /** Forgets the run of changes that is going on under a tag, as if it had not begun. */
  takeBack(tag: string): void {
    const history = this.#history.peek();
    if (history.present.tag === tag) this.#history.value = { ...undo(history), future: [] };
  }

  /** Takes the last step back and goes to where it was. */
  undo(): void {
    const { present } = this.#history.peek();
    if (!this.canUndo.peek()) return;
    this.#history.value = undo(this.#history.peek());
    this.reveal(present.pointer);
  }

  redo(): void {
    if (!this.canRedo.peek()) return;
    this.#history.value = redo(this.#history.peek());
    this.reveal(this.#history.peek().present.pointer);
  }

  reveal(pointer: string): void {
    if (pointer !== "") this.revealed.value = { pointer };
  }

  /** Remembers that the clerk has been at a place. */
  touch(...pointers: readonly string[]): void {
    const known = this.touched.peek();
    if (!pointers.every((pointer) => known.has(pointer))) this.touched.value = new Set([...known, ...pointers]);
  }
}

/** The pointers of all that is filled in. */
function* leaves(value: unknown, pointer = ""): Generator<string> {
  if (value === "") return;
  if (typeof value !== "object" || value === null) yield pointer;
  else for (const [key, inner] of Object.entries(value)) yield* leaves(inner, `${pointer}/${key}`);
}
