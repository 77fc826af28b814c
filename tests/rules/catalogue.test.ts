/** A rule owns itself: what is said of rules is made from them, and nothing is found that is not among them. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { forms } from "../../src/form/forms.ts";
import { documentedTables, furtherRules, rulesOf, withTables } from "../../src/rules/catalogue.ts";

const at = (path: string) => new URL(`../../${path}`, import.meta.url);
const all = [...forms.flatMap(rulesOf), ...Object.values(furtherRules).flat()];

describe("the catalogue of rules", () => {
  it("has every id that the source finds by", () => {
    const found = new Set<string>();
    for (const folder of ["src", "functions", "server"])
      for (const file of readdirSync(at(folder), { recursive: true, encoding: "utf8" }))
        if (file.endsWith(".ts"))
          for (const [, id] of readFileSync(at(`${folder}/${file}`), "utf8").matchAll(
            /"([SIFNBTY]-[A-Z]+(?:-[A-Z]+)*)"/g,
          ))
            found.add(id!);
    expect(found.size).toBeGreaterThan(50);
    const known = new Set(all.map(({ id }) => id));
    expect([...found].filter((id) => !known.has(id))).toEqual([]);
  });

  it("has each at the levels that the source finds it at", () => {
    const LEVEL = '"(error|warning|information)"';
    const finds = new RegExp(`"([SIFB]-[A-Z]+)",\\s*(?:[\\w. ]+\\?\\s*${LEVEL}\\s*:\\s*)?${LEVEL}`, "gu");
    const known = new Map(all.map(({ id, levels }) => [id, levels]));
    let found = 0;
    for (const folder of ["src", "functions"])
      for (const file of readdirSync(at(folder), { recursive: true, encoding: "utf8" }))
        if (file.endsWith(".ts"))
          for (const [, id, first, second] of readFileSync(at(`${folder}/${file}`), "utf8").matchAll(finds))
            for (const level of [first, second])
              if (level !== undefined) {
                found += 1;
                expect([id, known.get(id!)]).toEqual([id, expect.arrayContaining([level])]);
              }
    expect(found).toBeGreaterThan(40);
  });

  it("says of each, in both languages, what is to be done about it; nothing of what is the program's own fault", () => {
    const without = all.filter(({ mends }) => mends === undefined).map(({ id }) => id);
    expect(without).toEqual(["B-FAILED", "B-TIMEOUT", "B-MEMORY", "B-ASSUMED"]);
    for (const { id, mends } of all.filter((rule) => rule.mends !== undefined))
      expect([id, /\p{Script=Han}/u.test(mends!.zh), /[。.]$/u.test(mends!.zh), mends!.en.length > 5]).toEqual([
        id,
        true,
        false,
        true,
      ]);
  });

  it("says of each, in both languages, what it finds, and at which levels", () => {
    for (const { id, levels, says } of all) {
      expect(id).toMatch(/^[A-Z]\d?(-[A-Z]+)+$/);
      expect([levels.length > 0, /\p{Script=Han}/u.test(says.zh), says.en.length > 5]).toEqual([true, true, true]);
    }
    for (const rules of [...forms.map(rulesOf), Object.values(furtherRules).flat()])
      expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it("makes the tables of docs/FORM.md", () => {
    const page = readFileSync(at("docs/FORM.md"), "utf8");
    expect(withTables(page, documentedTables(forms))).toBe(page);
  });
});
