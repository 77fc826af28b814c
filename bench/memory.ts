import { readdirSync, readFileSync } from "node:fs";

const read = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

/** This process and all that it started, by id. Linux only. */
function tree(): string[] {
  const parents = new Map<string, string>();
  for (const id of readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name))) {
    const parent = /\) \S (\d+)/.exec(read(`/proc/${id}/stat`))?.[1];
    if (parent) parents.set(id, parent);
  }
  const found = [String(process.pid)];
  for (const id of found) found.push(...[...parents].filter(([, parent]) => parent === id).map(([child]) => child));
  return found;
}

/** What this process and all that it started hold at the moment, each shared page counted once, MB; 0 where unknown. */
export function treeMemory(): number {
  if (process.platform !== "linux") return 0;
  const held = tree().map((id) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${id}/smaps_rollup`))?.[1] ?? 0));
  return held.reduce((sum, kilobytes) => sum + kilobytes, 0) / 1024;
}
