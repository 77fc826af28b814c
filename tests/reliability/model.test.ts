import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { machinePages } from "../../src/index/pages.ts";
import { reindex } from "../../src/index/reindex.ts";
import { DIALECTS, type DialectName } from "../../src/store/dialect.ts";
import { FAULTS, type Fault } from "../support/faulty-store.ts";
import { vendorBucket } from "../support/vendor-bucket.ts";
import {
  type Action,
  type Happenings,
  type MakeBucket,
  PLACES,
  type Process,
  type Reindex,
  type Round,
  World,
} from "../support/world.ts";

// Setting pages takes more time than all the rest together, and decides nothing of what is tried here.
vi.mock(import("../../src/formats/files.ts"), async (original) => {
  const { plainFiles } = await import("../support/plain-files.ts");
  return { ...(await original()), versionFiles: plainFiles };
});

/** What is filed are a few reports, again and again: whether each is sound is found out once. */
vi.mock(import("../../src/check/validate.ts"), async (original) => {
  const actual = await original();
  const known = new Map<string, ReturnType<typeof actual.validate>>();
  const validate = (value: unknown) => {
    const text = JSON.stringify(value);
    const found = known.get(text) ?? actual.validate(value);
    known.set(text, found);
    return structuredClone(found);
  };
  return { ...actual, validate };
});

/** Many runs are sent to the simulated store without the SDK between: what it does to a request decides nothing here. */
vi.mock(import("../../src/store/client.ts"), async (original) => {
  const actual = await original();
  if (Number(process.env["MODEL_RUNS"] ?? 0) <= 100) return actual;
  const { directClient } = await import("../support/direct-client.ts");
  return { ...actual, createClient: (options) => directClient(options, actual.createClient) };
});

const pages = machinePages("https://example.org");
const rebuild: Reindex = (store) => reindex({ store, pages });

const place = fc.nat(PLACES.length - 1);
const variant = fc.nat(2);
const behind = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) });
const filing: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("submit" as const),
      place,
      variant,
      key: fc.option(fc.nat(1), { nil: undefined, freq: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("correct" as const), place, variant, behind }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("withdraw" as const), place, behind }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("redact" as const), place, behind: fc.nat(2) }) },
);
const keeping: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant("fsck" as const), mend: fc.boolean(), sweep: fc.boolean() }),
  fc.constant({ do: "reindex" as const }),
);
/** Most calls go well. */
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 12, arbitrary: fc.constant("none" as const) },
  { weight: 2, arbitrary: fc.constantFrom(...FAULTS) },
);
/** @param calls about as many as a filing makes: within them faults come, and processes die */
const processOf = (action: fc.Arbitrary<Action>, calls: number): fc.Arbitrary<Process> =>
  fc.record({
    action,
    faults: fc.oneof(fc.constant([]), fc.array(fault, { maxLength: calls })),
    dies: fc.option(fc.nat(calls), { nil: undefined, freq: 4 }),
  });
const roundOf = (calls: number): fc.Arbitrary<Round> =>
  fc.record({
    processes: fc
      .tuple(
        fc.array(processOf(filing, calls), { minLength: 1, maxLength: 3 }),
        fc.array(processOf(keeping, calls), { maxLength: 1 }),
      )
      .map((both) => both.flat()),
    seed: fc.integer(),
    hours: fc.constantFrom(0, 0, 0, 30),
  });
/** Most of what happens is of one place: that is where processes meet. */
const roundsOf = (calls: number): fc.Arbitrary<readonly Round[]> =>
  fc.tuple(place, fc.array(fc.tuple(fc.nat(4), roundOf(calls)), { minLength: 1, maxLength: 10 })).map(([home, drawn]) =>
    drawn.map(([elsewhere, each]) => ({
      ...each,
      processes: each.processes.map(({ action, ...rest }) => ({
        ...rest,
        action: "place" in action && elsewhere !== 0 ? { ...action, place: home } : action,
      })),
    })),
  );

/**
 * `MODEL_RUNS`, `MODEL_SEED` and `MODEL_PATH` say how many and which, `MODEL_DIALECT` of which store; a failure prints seed
 * and path to give here. A few runs are always the same ones, in which everything that is asked for below happens; many
 * are drawn anew.
 */
const asked = Number(process.env["MODEL_RUNS"] ?? 0);
const seed = Number(process.env["MODEL_SEED"] ?? (asked > 100 ? Date.now() % 0x7fffffff : 14));
const path = process.env["MODEL_PATH"];
const dialects = DIALECTS.filter((dialect) => (process.env["MODEL_DIALECT"] ?? dialect) === dialect);

/** Of stores, by what they speak: S3's conditions hold in memory; the others are asked as they are over the wire. */
const STORES: Readonly<
  Record<DialectName, { readonly runs: number; readonly calls: number; readonly make?: MakeBucket }>
> = {
  s3: { runs: 100, calls: 40 },
  oss: { runs: 12, calls: 100, make: vendorBucket("oss") },
  cos: { runs: 12, calls: 100, make: vendorBucket("cos") },
  obs: { runs: 12, calls: 100, make: vendorBucket("obs") },
};

describe.each(dialects)("filers, crashes, faults and sweeps in any order, on a store that speaks %s", (dialect) => {
  const { runs, calls, make } = STORES[dialect];
  const numRuns = asked || runs;
  it(`lose nothing acknowledged, show nothing half-published, come to rest at the latest record (${numRuns} runs, MODEL_SEED=${seed})`, {
    timeout: 14_400_000,
  }, async () => {
    const happenings: Happenings = {};
    const anything = fc.asyncProperty(roundsOf(calls), async (drawn) => {
      const world = new World(happenings, rebuild, make);
      for (const each of drawn) await world.play(each);
      await world.conclude();
    });
    await fc.assert(anything, { numRuns, seed, ...(path === undefined ? {} : { path }) });
    if (path !== undefined) return;
    console.log(happenings);
    const few = ["submit created", "correct created", "Crash", "InjectedError", "mended at rest"];
    const many = ["submit unchanged", "submit conflict", "withdraw created", "redact created", "redact conflict"];
    const more = numRuns < 100 ? [] : [...many, "quotations removed", "swept at rest"];
    for (const what of [...few, ...more, ...(make ? ["lease taken over"] : [])])
      expect(happenings[what], what).toBeGreaterThan(0);
  });
});
