import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { forms } from "../../src/form/forms.ts";
import { helpTexts } from "../../src/form/help.ts";

it.each(forms.map((form) => [form.edition, form] as const))(
  "edition %s says in both languages what its figures count where that is asked every year",
  (_, form) => {
    const helps = helpTexts(form).map(({ path, help }) => ({ at: path.map(({ label }) => label).join("／"), ...help }));
    for (const { zh, en } of helps) {
      expect(zh).toMatch(/^\p{Script=Han}.*。$/u);
      expect(en).toMatch(/^[A-Z].*\.$/);
    }
    const asked = [/处理决定数量$/, /部分公开/, /上年结转/, /^政府信息公开行政复议、行政诉讼情况$/];
    for (const pattern of asked) expect(helps.filter(({ at }) => pattern.test(at)).length).toBeGreaterThan(0);
  },
);

it("the documentation lists them", async () => {
  const page = await readFile(new URL("../../docs/FORM.md", import.meta.url), "utf8");
  for (const { help } of forms.flatMap(helpTexts)) {
    expect(page).toContain(help.zh);
    expect(page).toContain(help.en);
  }
});
