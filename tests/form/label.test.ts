import { describe, expect, it } from "vitest";
import { forms } from "../../src/form/forms.ts";
import { bestOf, isNote, keyOf, NOTE_AMONG_LINES, withoutNote } from "../../src/form/label.ts";
import { labelsOf } from "../../src/form/label-index.ts";

describe("a note in brackets", () => {
  it("is known in whichever brackets it stands, and a label without it", () => {
    for (const note of ["（市政府令）", "(市政府令)", "〔市政府令〕", "[市政府令]", "【市政府令】"]) {
      expect(isNote(note), note).toBe(true);
      expect(withoutNote(`规章 ${note} `), note).toBe("规章");
    }
    expect([isNote("市政府令"), isNote("（）"), withoutNote("规章")]).toEqual([false, false, "规章"]);
  });

  it("is no longer than a note is, and shorter still where any line may be a paragraph", () => {
    const note = (characters: number): string => `（${"注".repeat(characters)}）`;
    expect([60, 61].map((characters) => isNote(note(characters)))).toEqual([true, false]);
    expect([40, 41].map((characters) => isNote(note(characters), NOTE_AMONG_LINES))).toEqual([true, false]);
    expect([60, 61].map((characters) => withoutNote(`规章${note(characters)}`) === "规章")).toEqual([true, false]);
  });
});

describe("the index of labels", () => {
  const labels = labelsOf(forms);

  it("has every title of a section under the key that headings are compared with", () => {
    for (const { sections } of forms)
      for (const { label } of sections) expect(labels.titles.has(keyOf(label)), label).toBe(true);
  });

  it("says what a label stands for, and that one word may be a row's and a head's", () => {
    const total = keyOf("总计");
    expect([labels.labels.get(total), labels.rows.has(total)]).toEqual(["head", true]);
    expect(labels.labels.get(keyOf("第二十条第（一）项"))).toBe("other");
    expect([labels.labels.get(keyOf("规章")), labels.rows.has(keyOf("规章"))]).toEqual(["row", true]);
  });

  it("takes no label where two are named as well", () => {
    expect(bestOf(keyOf("结果维"), [keyOf("结果维持"), keyOf("结果维修")], (key) => key)).toBeUndefined();
  });
});
