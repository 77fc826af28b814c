import { describe, expect, it } from "vitest";
import { startService } from "../support/service.ts";

describe("the embedded store's listing", () => {
  it("gives every key under a prefix once, in binary order, over several answers", async () => {
    const { store } = await startService();
    const numbered = Array.from({ length: 1100 }, (_, i) => `records/${String(i % 37).padStart(2, "0")}/${i}.json`);
    // As folders and as objects of one name; what sorts before and after the slash.
    const keys = [...numbered, "records/a", "records/a/b", "records/a-b", "records/a/b/c", "records/a0", "recordsX/a"];
    for (let i = 0; i < keys.length; i += 50)
      await Promise.all(keys.slice(i, i + 50).map((key) => store.put(key, key, { contentType: "text/plain" })));
    const listed = async (prefix: string): Promise<string[]> => {
      const found: string[] = [];
      for await (const { key, size } of store.list(prefix)) {
        expect(size).toBe(key.length);
        found.push(key);
      }
      return found;
    };
    const sorted = (prefix: string) => keys.filter((key) => key.startsWith(prefix)).sort();
    for (const prefix of ["records/", "records", "records/a", "records/a/", "records/0", "records/07/", "none/"])
      expect(await listed(prefix), prefix).toEqual(sorted(prefix));
  });
});
