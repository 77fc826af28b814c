/** What happens to a few organs, and pages that are right only when they are made of what is right. */
import fc from "fast-check";
import { machinePages, type Pages } from "../../src/index/pages.ts";
import { IMMUTABLE } from "../../src/index/shared.ts";
import type { Wanted } from "./records.ts";

const pages = machinePages("https://example.org");

/** Organs of three divisions in two provinces, of several kinds. */
export const ORGANS = [
  ["11370100MB28560001", "济南市财政局"],
  ["12370100MB28560002", "济南市图书馆"],
  ["11370100MB28560003", "济南市公安局"],
  ["11371500MB28560004", "聊城市教育局"],
  ["11330100MB28560005", "杭州市人民政府"],
  ["21330100MB28560006", "杭州市档案局"],
] as const;

export interface Step {
  readonly organ: number;
  readonly year: number;
  readonly renamed: boolean;
  readonly withdraw: boolean;
  readonly received: number;
  readonly day: number;
}

export const step: fc.Arbitrary<Step> = fc.record({
  organ: fc.nat({ max: ORGANS.length - 1 }),
  year: fc.integer({ min: 2019, max: 2023 }),
  renamed: fc.boolean(),
  withdraw: fc.boolean(),
  received: fc.nat({ max: 3 }),
  day: fc.integer({ min: 1, max: 28 }),
});

/** Versions one after another: a withdrawn report is corrected, never withdrawn again. */
export function versionsOf(steps: readonly Step[]): Wanted[] {
  const latest = new Map<string, Wanted>();
  return steps.map(({ organ, year, renamed, withdraw, received, day }) => {
    const [uscc, name] = ORGANS[organ]!;
    const before = latest.get(`${uscc}/${year}`);
    const kind = !before ? "original" : withdraw && before.kind !== "withdrawal" ? "withdrawal" : "correction";
    const version = (before?.version ?? 0) + 1;
    const wanted: Wanted = { uscc, year, version, kind, organ: renamed ? `${name}（新）` : name, received, day };
    latest.set(`${uscc}/${year}`, wanted);
    return wanted;
  });
}

/** Pages that show everything they are given: they are right only when made of what is right. */
export const mirrors: Pages = {
  constant: [{ path: "assets/a-1.css", body: "", contentType: "text/css", cacheControl: IMMUTABLE }],
  organ: (s) => [mirror(`${s.uscc}/index.html`, s)],
  divisionYear: (s, missing) => [mirror(`divisions/${s.division}/${s.year}.html`, [s, missing])],
  division: (s, years) => [mirror(`divisions/${s.division}/index.html`, [s, years]), ...pages.division(s, years)],
  province: (s, latest) => [mirror(`provinces/${s.province}.html`, [s, latest]), ...pages.province(s)],
  provinceYear: (s) => [mirror(`provinces/${s.province}/${s.year}.html`, s)],
  catalogue: (s) => [mirror("data.html", s), ...pages.catalogue(s)],
  recent: (s) => [mirror("recent.html", s), ...pages.recent(s)],
  home: (s, recent) => [mirror("index.html", [s, recent])],
};
const mirror = (path: string, state: unknown) => ({
  path,
  body: JSON.stringify(state),
  contentType: "text/html; charset=utf-8",
});
