/**
 * Runs the handler of a bundle as Lambda does: in a process of its own, from a folder that it cannot write, with /tmp alone
 * to write to. Reads events from its input, a line each, and answers each with a line; what the bundle prints is nobody's.
 */
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";

const [bundle] = process.argv.slice(2);
for (const name of ["log", "info", "warn", "error", "debug"]) console[name] = () => {};
const { handler } = await import(bundle);
const context = {
  awsRequestId: "8f5b1c5e-2f0a-4a53-9a55-0f6a3c1f7a10",
  functionName: "under-test",
  getRemainingTimeInMillis: () => 300_000,
};
for await (const line of createInterface({ input: process.stdin })) {
  const said = await handler(JSON.parse(line), context).then(
    (answer) => ({ answer: answer ?? null }),
    (error) => ({ error: { name: error.name, message: error.message } }),
  );
  const bytes = Buffer.from(`${JSON.stringify(said)}\n`);
  for (let done = 0; done < bytes.length; ) done += writeSync(3, bytes, done);
}
process.exit(0);
