import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { dataFile } from "../../src/formats/content.ts";
import { machinePages } from "../../src/index/pages.ts";
import { reindex } from "../../src/index/reindex.ts";
import { FAULTS, type Fault } from "../support/faulty-store.ts";
import {
  type Action,
  type Happenings,
  PLACES,
  type Process,
  type Reindex,
  type Round,
  World,
} from "../support/world.ts";

// Setting pages takes more time than all the rest together, and decides nothing of what is tried here.
vi.mock(import("../../src/formats/files.ts"), async (original) => {
  const real = await original();
  const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  return {
    ...real,
    versionFiles: async (content) => {
      switch (content.of) {
        case "report": {
          const { report, correction } = content;
          return {
            "report.pdf": bytes(["pdf", report.signed, correction]),
            "report.docx": bytes(["docx", report.signed, correction]),
            "report.html": bytes(["html", report.signed, correction]),
            "report.json": dataFile(report),
            "report.csv": bytes(["csv", report.signed]),
            ...(correction ? { "correction.json": bytes(correction) } : {}),
          };
        }
        case "redaction": {
          const { uscc, redaction, withCorrection } = content;
          return {
            "report.pdf": bytes(["pdf", uscc, redaction]),
            "report.docx": bytes(["docx", uscc, redaction]),
            "report.html": bytes(["html", uscc, redaction]),
            "report.json": bytes([uscc, redaction]),
            "report.csv": bytes(["csv", uscc, redaction.reason]),
            ...(withCorrection ? { "correction.json": bytes([uscc, redaction]) } : {}),
          };
        }
        case "withdrawal": {
          const { uscc, withdrawal } = content;
          return {
            "report.pdf": bytes(["pdf", uscc, withdrawal]),
            "report.docx": bytes(["docx", uscc, withdrawal]),
            "report.html": bytes(["html", uscc, withdrawal]),
            "report.json": bytes([uscc, withdrawal]),
            "report.csv": bytes(["csv", uscc, withdrawal.reason]),
          };
        }
      }
    },
  };
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
const processOf = (action: fc.Arbitrary<Action>): fc.Arbitrary<Process> =>
  fc.record({
    action,
    faults: fc.oneof(fc.constant([]), fc.array(fault, { maxLength: 40 })),
    dies: fc.option(fc.nat(40), { nil: undefined, freq: 4 }),
  });
const round: fc.Arbitrary<Round> = fc.record({
  processes: fc
    .tuple(fc.array(processOf(filing), { minLength: 1, maxLength: 3 }), fc.array(processOf(keeping), { maxLength: 1 }))
    .map((both) => both.flat()),
  seed: fc.integer(),
  hours: fc.constantFrom(0, 0, 0, 30),
});
/** Most of what happens is of one place: that is where processes meet. */
const rounds: fc.Arbitrary<readonly Round[]> = fc
  .tuple(place, fc.array(fc.tuple(fc.nat(4), round), { minLength: 1, maxLength: 10 }))
  .map(([home, drawn]) =>
    drawn.map(([elsewhere, each]) => ({
      ...each,
      processes: each.processes.map(({ action, ...rest }) => ({
        ...rest,
        action: "place" in action && elsewhere !== 0 ? { ...action, place: home } : action,
      })),
    })),
  );

/**
 * `MODEL_RUNS`, `MODEL_SEED` and `MODEL_PATH` say how many and which; a failure prints seed and path to give here. A few
 * runs are always the same ones, in which everything that is asked for below happens; many are drawn anew.
 */
const numRuns = Number(process.env["MODEL_RUNS"] ?? 100);
const seed = Number(process.env["MODEL_SEED"] ?? (numRuns > 100 ? Date.now() % 0x7fffffff : 14));
const path = process.env["MODEL_PATH"];

describe(`filers, crashes, faults and sweeps in any order (${numRuns} runs, MODEL_SEED=${seed})`, () => {
  it("lose nothing acknowledged, show nothing half-published, come to rest at the latest record", {
    timeout: 3600_000,
  }, async () => {
    const happenings: Happenings = {};
    const anything = fc.asyncProperty(rounds, async (drawn) => {
      const world = new World(happenings, rebuild);
      for (const each of drawn) await world.play(each);
      await world.conclude();
    });
    await fc.assert(anything, { numRuns, seed, ...(path === undefined ? {} : { path }) });
    if (path !== undefined) return;
    console.log(happenings);
    for (const what of ["submit created", "submit unchanged", "submit conflict", "correct created", "withdraw created"])
      expect(happenings[what], what).toBeGreaterThan(0);
    for (const what of ["redact created", "redact conflict", "quotations removed"])
      expect(happenings[what], what).toBeGreaterThan(0);
    for (const what of ["Crash", "InjectedError", "swept at rest", "mended at rest"])
      expect(happenings[what], what).toBeGreaterThan(0);
  });
});
