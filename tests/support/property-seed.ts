/**
 * The seed of every property test that names none: the same each time, so that a run which passes passes again.
 * `npm run test:explore` takes another each time; what fails says with which, and PROPERTY_SEED=n repeats it.
 */
import fc from "fast-check";

const asked = process.env["PROPERTY_SEED"];
if (asked !== "random") fc.configureGlobal({ seed: Number(asked ?? 9704) });
