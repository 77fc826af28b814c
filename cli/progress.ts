import type { Message } from "../src/basics/finding.ts";
import type { Progress, Stage } from "../src/batch/run.ts";
import { language, say } from "./language.ts";
import { styled } from "./output.ts";

const STAGES: Readonly<Record<Stage, Message>> = {
  read: { zh: "读取", en: "reading" },
  check: { zh: "校验", en: "checking" },
  submit: { zh: "提交", en: "submitting" },
  notices: { zh: "写整改通知", en: "writing notices" },
  summarize: { zh: "汇总", en: "summing up" },
};

/** Milliseconds between two looks of a terminal, and between two lines of a log. */
const FRAME = 100;
const LOG = 10_000;
/** Characters of the bar, and of what stands beside it. */
const BAR = 24;
const REST = 64;

const clock = (seconds: number): string => {
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return [...(h > 0 ? [h] : []), h > 0 ? String(m).padStart(2, "0") : m, String(s).padStart(2, "0")].join(":");
};

/** How far a run is, on standard error: a line that changes on a terminal, now and then a line elsewhere. */
export class ProgressReport {
  readonly #stream: NodeJS.WriteStream;
  readonly #now: () => number;
  /** Whether anything was shown. */
  begun = false;
  #stage: Stage | undefined;
  #began = 0;
  #shownAt = Number.NEGATIVE_INFINITY;

  constructor(stream: NodeJS.WriteStream = process.stderr, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
  }

  readonly show = (progress: Progress): void => {
    this.begun = true;
    const now = this.#now();
    if (progress.stage !== this.#stage) {
      this.end();
      this.#stage = progress.stage;
      this.#began = now;
      this.#shownAt = this.#stream.isTTY ? Number.NEGATIVE_INFINITY : now;
    }
    const over = progress.done === progress.total;
    if (now - this.#shownAt < (this.#stream.isTTY ? FRAME : LOG) && !over) return;
    this.#shownAt = now;
    const line = this.#line(progress, (now - this.#began) / 1000);
    this.#stream.write(this.#stream.isTTY ? `\r${line}\u001b[K` : `${line}\n`);
  };

  /** Leaves the line that changes as it is. */
  end(): void {
    if (this.#stage !== undefined && this.#stream.isTTY) this.#stream.write("\n");
    this.#stage = undefined;
  }

  #line({ stage, done, total, wrong, kept }: Progress, elapsed: number): string {
    const name = say(STAGES[stage]);
    if (stage === "summarize") return `${name}${say("……", "…")}`;
    const worked = done - kept;
    const rate = elapsed > 0.5 ? worked / elapsed : 0;
    // A line that does not fit would be broken, and not be written over.
    const room = this.#stream.isTTY ? Math.max(0, Math.min(BAR, this.#stream.columns - REST)) : 0;
    const filled = total === 0 ? room : Math.floor((done / total) * room);
    const bar = room > 0 ? ` ${"█".repeat(filled)}${"░".repeat(room - filled)}` : "";
    const parts = [
      `${name}${bar} ${done}/${total}`,
      ...(kept > 0 ? [say(`其中${kept}个先前已完成`, `${kept} done before`)] : []),
      ...(wrong > 0 ? [styled("red", say(`${wrong}个有错误`, `${wrong} with errors`), this.#stream)] : []),
      ...(rate > 0 ? [say(`每秒${rate.toFixed(1)}个`, `${rate.toFixed(1)} a second`)] : []),
      ...(rate > 0 && done < total
        ? [say(`还需${clock((total - done) / rate)}`, `${clock((total - done) / rate)} left`)]
        : []),
    ];
    return parts.join(language === "en" ? ", " : "，");
  }
}
