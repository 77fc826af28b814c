import { existsSync, readFileSync } from "node:fs";

const SHELL = "/bin/sh";
/** What a process has in memory of the program's own files, MiB: it counts as resident, and is no data. */
const PROGRAM = 64;

/**
 * What V8 sets aside for code when it starts, bytes: writable to the kernel, hardly ever used, and different from one
 * version of Node to the next. A process that is started has the same as this one.
 */
function setAsideForCode(): number {
  const anonymous = /^([0-9a-f]+)-([0-9a-f]+) .wxp 0+ 00:00 0\s*$/gm;
  const maps = readFileSync("/proc/self/maps", "utf8");
  return [...maps.matchAll(anonymous)].reduce((sum, [, from, to]) => sum + Number(`0x${to}`) - Number(`0x${from}`), 0);
}

let aside: number | undefined;

/** What the kernel holds the process to, in the words of the shell. Only Linux counts what is mapped as data. */
function kernelLimits(memory: number, cpu: number | undefined): string {
  // It writes no file: neither a core when it is brought down nor anything else.
  const limits = ["ulimit -c 0", "ulimit -f 0"];
  // At the soft limit it gets SIGXCPU, which shows why it ended.
  if (cpu !== undefined) limits.push(`ulimit -S -t ${cpu}`);
  if (process.platform === "linux") {
    aside ??= setAsideForCode();
    // Once for the work, once for the thread that watches it.
    limits.push(`ulimit -d ${Math.ceil((2 * aside) / 1024) + (memory - PROGRAM) * 1024}`);
  }
  return limits.join(" && ");
}

/**
 * The command that runs a program under limits of memory: of V8's heap everywhere, of all that is allocated by the
 * kernel where it has a shell, so that one huge allocation fails instead of being made.
 * @param memory MiB that may be resident
 * @param cpu seconds of computing, of all its threads, before it is ended
 */
export function confined(program: string, memory: number, cpu?: number): readonly [file: string, ...args: string[]] {
  const heap = `--max-old-space-size=${Math.floor(memory / 2)}`;
  const command = [process.execPath, heap, "--v8-pool-size=1", program, String(memory)] as const;
  if (process.platform === "win32" || !existsSync(SHELL)) return [...command];
  // A shell prints where it is; nothing is to be printed.
  const script = `${kernelLimits(memory, cpu)} && unset PWD OLDPWD SHLVL _ && exec "$0" "$@"`;
  return [SHELL, "-c", script, ...command];
}
