/**
 * The seed of every property test that names none: the same each time, so that a run which passes passes again.
 * `npm run test:explore` takes another each time and prints it; PROPERTY_SEED=n repeats that run.
 */
import fc from "fast-check";

const asked = process.env["PROPERTY_SEED"];
if (asked !== "random") fc.configureGlobal({ seed: Number(asked ?? 9704) });
