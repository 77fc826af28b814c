/** A process that does what its file says: what a file does that gets the better of its reader. */
import { writeFileSync, writeSync } from "node:fs";
import { placeOf, work } from "../../src/confined/worker.ts";

const empty = new Uint8Array();
const told = (message) => ({ head: { unreadable: { message, messageEn: "" } }, body: empty });
const DOES = {
  forever: () => {
    for (;;);
  },
  memory: () => {
    for (const kept = []; ; ) kept.push(new Array(100_000).fill(kept.length));
  },
  array: () => told(String(new Uint8Array(2 ** 31).fill(1).length)),
  arrays: () => {
    for (const kept = []; ; ) kept.push(Buffer.alloc(2 ** 20, 1));
  },
  exit: () => process.exit(3),
  environment: () => told(JSON.stringify(process.env)),
  fault: () => {
    throw new TypeError("机密");
  },
  file: (path) => {
    writeFileSync(path, "something");
    return told("written");
  },
  says: () => {
    for (let i = 0; i < 10_000; i += 1) writeSync(1, `${"x".repeat(1000)}\n`);
    return told("said");
  },
  large: () => ({ head: { done: [] }, body: new Uint8Array(6 * 2 ** 20) }),
  lies: () => {
    writeSync(3, Buffer.from([0, 0, 0, 2, 255, 255, 255, 255, 123, 125]));
    for (;;);
  },
  nonsense: () => {
    writeSync(3, Buffer.from([0, 0, 0, 2, 0, 0, 0, 0, 33, 33]));
    for (;;);
  },
  well: () => ({ head: { done: ["X-RULE"] }, body: Buffer.from('{"well":true}') }),
};

await work(async ({ body }) => {
  const [what, rest] = new TextDecoder().decode(body).split(" ");
  try {
    return DOES[what](rest);
  } catch (error) {
    return { head: error instanceof RangeError ? { memory: true } : { fault: placeOf(error) }, body: empty };
  }
});
