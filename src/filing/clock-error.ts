/** The clock says less than when the latest record was written: nothing can be published after it. */
export class ClockError extends Error {
  /** ISO 8601 with +08:00. */
  readonly now: string;
  readonly latest: string;

  constructor(now: string, latest: string, key: string) {
    super(`the clock says ${now}, and ${key} was published at ${latest}: set the clock right`);
    this.name = "ClockError";
    this.now = now;
    this.latest = latest;
  }
}
