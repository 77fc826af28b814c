import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { FAULTS, type Fault } from "../support/faulty-store.ts";
import { type Deed, type Doer, OfficeWorld, PEOPLE, type Person } from "../support/office-world.ts";

// Setting pages takes more time than all the rest together, and decides nothing of what is tried here.
vi.mock(import("../../src/formats/files.ts"), async (original) => {
  const { plainFiles } = await import("../support/plain-files.ts");
  return { ...(await original()), versionFiles: plainFiles };
});

const KINDS = ["submit", "recall", "return", "agree", "clear", "comment"] as const;
const person = fc.constantFrom(...(Object.keys(PEOPLE) as Person[]));
const step = (kind: Extract<Deed, { do: "step" }>["kind"]): Deed => ({ do: "step", kind });
/** Most go on where the report stands; some do what comes into their heads. */
const deed: fc.Arbitrary<readonly [Person, Deed]> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constantFrom("clerk", "deputy", "leader"),
      fc.record({ do: fc.constant("save" as const), variant: fc.nat(2) }),
    ),
  },
  { weight: 9, arbitrary: fc.tuple(person, fc.constant<Deed>({ do: "go on" })) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constantFrom("old", "leader"),
      fc.record({ do: fc.constant("publish" as const), what: fc.nat(2) }),
    ),
  },
  { weight: 4, arbitrary: fc.tuple(person, fc.constantFrom(...KINDS.map(step))) },
  { weight: 1, arbitrary: fc.tuple(person, fc.constantFrom<Deed>({ do: "look" }, { do: "discard" })) },
);
const policy: fc.Arbitrary<readonly [Person, Deed]> = fc
  .constantFrom("none", "organ", "superior")
  .map((review) => ["superior", { do: "policy", review }] as const);
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 30, arbitrary: fc.constant("none" as const) },
  { weight: 1, arbitrary: fc.constantFrom(...FAULTS) },
);
const doer = (what: fc.Arbitrary<readonly [Person, Deed]>): fc.Arbitrary<Doer> =>
  fc
    .record({
      what,
      faults: fc.oneof(fc.constant([]), fc.array(fault, { maxLength: 60 })),
      dies: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(60) }),
    })
    .map(({ what: [who, does], ...rest }) => ({ person: who, deed: does, ...rest }));
const rounds = (what: fc.Arbitrary<readonly [Person, Deed]>) =>
  fc.array(fc.tuple(fc.array(doer(what), { minLength: 1, maxLength: 3 }), fc.integer()), {
    minLength: 4,
    maxLength: 14,
  });

/** `MODEL_RUNS` and `MODEL_SEED` say how many and which; a few runs are always the same ones. */
const numRuns = Number(process.env["MODEL_RUNS"] ?? 100);
const seed = Number(process.env["MODEL_SEED"] ?? (numRuns > 100 ? Date.now() % 0x7fffffff : 17));

describe(`drafters, reviewers, leaders and the office above, crashes and faults in any order (${numRuns} runs, seed ${seed})`, () => {
  const happened: Record<string, number> = {};
  const anything = (review: "organ" | "superior", what: fc.Arbitrary<readonly [Person, Deed]>) =>
    fc.asyncProperty(rounds(what), async (drawn) => {
      const world = new OfficeWorld(review, happened);
      for (const [doers, order] of drawn) await world.play(doers, order);
      await world.conclude();
    });

  it.each(["organ", "superior"] as const)(
    "lose no step, publish nothing that was not approved, show no draft to another (%s)",
    { timeout: 3600_000 },
    (review) => fc.assert(anything(review, deed), { numRuns: Math.ceil(numRuns / 2), seed }),
  );

  it("hold to the policy of the time when it changes meanwhile", { timeout: 3600_000 }, () =>
    fc.assert(anything("organ", fc.oneof({ weight: 12, arbitrary: deed }, { weight: 1, arbitrary: policy })), {
      numRuns: Math.ceil(numRuns / 4),
      seed,
    }),
  );

  it("try what they say", () => {
    console.log(happened);
    for (const what of ["save 201", "save 200", "save 412", "submit 201", "return 201", "agree 201", "clear 201"])
      expect(happened[what], what).toBeGreaterThan(0);
    for (const what of ["publish 201", "publish not-approved", "agree 409", "recall 201", "discard 204"])
      expect(happened[what], what).toBeGreaterThan(0);
    for (const what of ["Crash", "InjectedError"]) expect(happened[what], what).toBeGreaterThan(0);
  });
});
