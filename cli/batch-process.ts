/** A process of `nianbao batch`. */
// Whatever is used of later versions is used by what is loaded then.
if (Number.parseInt(process.versions.node, 10) < 22) await import("./node20.ts");
const [{ work }, { worker }] = await Promise.all([import("../src/confined/worker.ts"), import("../src/batch/work.ts")]);
await work(worker());
