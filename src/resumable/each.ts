/** Runs tasks, so many at a time, until there are none or the signal says to stop; those in hand are finished. */
export async function eachOf<T>(
  tasks: Iterable<T>,
  limit: number,
  signal: AbortSignal,
  work: (task: T) => Promise<void>,
): Promise<void> {
  const rest = tasks[Symbol.iterator]();
  let failed = false;
  const runner = async (): Promise<void> => {
    while (!signal.aborted && !failed) {
      const next = rest.next();
      if (next.done) return;
      try {
        await work(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const runners = await Promise.allSettled(Array.from({ length: limit }, runner));
  for (const runner of runners) if (runner.status === "rejected") throw runner.reason;
}
