import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closePrinter } from "../support/import/formats.ts";
import { type Outcome, type Result, results } from "../support/import/mutations/all.ts";

let all: readonly Result[];
beforeAll(async () => {
  all = await results();
}, 600_000);
afterAll(closePrinter);

const listed = (outcome: Outcome): string[] =>
  all.filter((result) => result.outcome === outcome).map(({ name, details }) => `${name}\n    ${details}`);

describe("a file that has lost something", () => {
  it("never gives another report in silence", () => expect(listed("silent")).toEqual([]));

  it("never ends in an error that explains nothing", () => expect(listed("crashed")).toEqual([]));

  it("is reported by the place of the loss", () => expect(listed("vague")).toEqual([]));

  it("was damaged in more than a hundred ways that were told, of more than twenty kinds, in more than four formats", () => {
    const told = all.filter(({ outcome }) => outcome === "reported" || outcome === "refused");
    expect(new Set(told.map(({ name }) => name)).size).toBe(told.length);
    expect(told.length).toBeGreaterThanOrEqual(100);
    expect(new Set(told.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(20);
    expect(new Set(told.map(({ format }) => format)).size).toBeGreaterThanOrEqual(4);
  });
});
