/** The whole conformance suite against a live service, by its dry run. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { suites } from "../../generated/conformance.ts";
import { openShell } from "../support/command.ts";
import { startTestLocal, type TestLocal } from "../support/local.ts";

const { run } = await openShell();
const ORGAN = "11330100002489015P";

let service: TestLocal;
beforeAll(async () => {
  service = await startTestLocal();
});
afterAll(() => service.close());

const CASES = suites.flatMap(({ edition, cases }) => cases.map((own) => ({ edition, ...own })));
/** A service compares with what it has published, and the organ's code is what the token allows. */
const ASKED = CASES.filter(({ previous, rule }) => previous === undefined && rule !== "F-USCC");

it("a live service passes every case that can be asked of it, and nothing is published", async () => {
  const { code, stdout, stderr } = await run(["conformance", "--server", service.url, "--organ", ORGAN, "--json"], {
    env: { NIANBAO_TOKEN: (await service.authorization()).replace(/^Bearer /, "") },
  });
  const answer = JSON.parse(stdout);
  expect(answer.results.filter(({ outcome }: { outcome: string }) => outcome === "failed")).toEqual([]);
  expect([code, stderr]).toEqual([0, ""]);
  expect([answer.passed, answer.failed, answer.passedOver]).toEqual([ASKED.length, 0, CASES.length - ASKED.length]);
  expect(new Set(ASKED.map(({ edition }) => edition)).size).toBe(suites.length);
  for (const { year } of suites.map(({ report }) => report as { year: number }))
    expect((await fetch(`${service.url}/reports/${ORGAN}/${year}`)).status).toBe(404);
});

it("the command of its own passes all of them", async () => {
  const { code, stdout } = await run(["conformance", "--json"]);
  expect([code, JSON.parse(stdout).passed]).toEqual([0, CASES.length]);
});
