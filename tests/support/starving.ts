import { spawn } from "node:child_process";
import { example, type MutableReport } from "./service.ts";

/** A report of some 0.8 MB whose every sentence states counts, as many as the service takes in one body. */
export async function reportOfCounts(): Promise<MutableReport> {
  const report = await example("liaocheng-2020");
  const sentence = "全年收到申请12件，办结13件，其中公开5件、部分公开6件，行政复议3件，行政诉讼2件。";
  report["overview"].body = Array.from({ length: 100 }, () => ({ type: "paragraph", text: sentence.repeat(66) }));
  return report;
}

/** The value that so many of a hundred are below. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** A server that does nothing, which asks itself again and again, in a process of its own. */
const ASKING = `
const server = require("node:http").createServer((_, response) => response.end("ok"));
server.listen(0, "127.0.0.1", async () => {
  for (;;) {
    const since = performance.now();
    await (await fetch("http://127.0.0.1:" + server.address().port)).text();
    console.log(performance.now() - since);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
});`;

/** Looks at how long an answer takes on this machine from a server that has nothing else to do, ms. */
export function watchMachine(): { readonly stop: () => Promise<number[]> } {
  const child = spawn(process.execPath, ["-e", ASKING], { stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        child.once("close", () => resolve(said.split("\n").slice(0, -1).map(Number)));
        child.kill();
      }),
  };
}
