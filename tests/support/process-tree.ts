import { readFileSync } from "node:fs";

/** Reads what may be gone meanwhile. */
const text = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

/** A process and all that it started, as Linux tells. */
export function treeOf(pid: number): number[] {
  const children = (of: number): number[] =>
    [...text(`/proc/${of}/task/${of}/children`).matchAll(/\d+/g)].map(([child]) => Number(child));
  return [pid, ...children(pid).flatMap(treeOf)];
}

/** What of the memory of a process is its own, and its share of what it has in common with others; bytes. */
const shareOf = (pid: number): number =>
  Number(/^Pss:\s+(\d+)/m.exec(text(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024;

/** Looks at a process and all that it started until told to stop: the most that they had in memory together, bytes. */
export function watchTree(pid: number): { readonly stop: () => number } {
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(
      most,
      treeOf(pid).reduce((sum, each) => sum + shareOf(each), 0),
    );
  }, 150);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}
