import { describe, expect, it } from "vitest";
import { assetPaths } from "../generated/portal.ts";
import { indexPlaces } from "../src/index/indexer.ts";
import { reindex } from "../src/index/reindex.ts";
import { portalPages } from "../src/portal/pages.ts";
import { portalData } from "./support/portal-data.ts";
import { siteOf } from "./support/portal-site.ts";
import { commitYear, FolderStore } from "./support/portal-store.ts";

const pages = portalPages({ publicUrl: "https://reports.example.org/root", apiUrl: "https://api.example.org" });
const data = portalData(200);
/** In the order of publication, year after year. */
const entries = data.organs
  .flatMap(({ years }) => years)
  .sort((a, b) => (a.firstPublishedAt < b.firstPublishedAt ? -1 : 1));

describe("200 organs publish over five years, batch by batch", () => {
  it("become the very pages that are made of all of them at once", async () => {
    const store = new FolderStore();
    const context = { store, pages };
    for (let i = 0; i < entries.length; i += 40) {
      const batch = entries.slice(i, i + 40);
      for (const entry of batch) await commitYear(store, entry);
      expect(await indexPlaces(batch, context)).toEqual([]);
    }
    const site = siteOf(data);
    expect(site.size).toBeGreaterThan(1500);
    for (const { path, body, contentType, cacheControl = "public, max-age=60" } of site.values()) {
      const there = store.objects.get(`published/${path}`);
      expect(there?.headers, path).toEqual({ contentType, cacheControl });
      const text = new TextDecoder().decode(there!.body);
      if (contentType.startsWith("application/json") && typeof body === "string")
        expect(JSON.parse(text), path).toEqual(JSON.parse(body));
      else if (Buffer.compare(Buffer.from(body as string), there!.body) !== 0) expect(text, path).toBe(body);
    }
    // A rebuild has nothing to write; an upgrade writes what it changed, and leaves old styles to pages that are open.
    expect(await reindex(context)).toMatchObject({ written: 0, removed: [], failed: [] });
    const old = "published/assets/style-000000000000.css";
    await store.put(old, "", { contentType: "text/css" });
    const home = store.objects.get("published/index.html")!;
    await store.put("published/index.html", new TextDecoder().decode(home.body).replace(assetPaths.style, "x"), home.headers);
    expect(await reindex(context)).toMatchObject({ written: 1, removed: [], failed: [] });
    expect(store.objects.get("published/index.html")!.body).toEqual(home.body);
    expect(store.objects.has(old)).toBe(true);
  });

  it("cost as many requests at the end as at the beginning, and write what changed", async () => {
    const calls = { get: 0, write: 0, list: 0 };
    const store = new FolderStore({
      before: (operation) => {
        calls[operation === "get" || operation === "list" ? operation : "write"] += 1;
      },
    });
    const context = { store, pages };
    const one = async (entry: (typeof entries)[number]) => {
      await commitYear(store, entry);
      Object.assign(calls, { get: 0, write: 0, list: 0 });
      await indexPlaces([entry], context);
      return { ...calls };
    };
    // The division has two years already when the last three organs publish for the second.
    const division = data.divisions.find(({ index }) => index.organs.length >= 4)!.index.division;
    const own = entries.filter(({ uscc, status, versions }) => uscc.slice(2, 8) === division && status === "current" && versions.length === 1);
    const year = (wanted: number) => own.filter((entry) => entry.year === wanted);
    for (const entry of [...year(2020), year(2021)[0]!]) await one(entry);
    const costs = [await one(year(2021)[1]!), await one(year(2021)[2]!)];
    // Written: two files of the version and four of the place; 7 shared files; the organ's 5 pages, 4 of the year,
    // 4 of the division, 4 of the province and of the catalogue the two that count, and the latest 3.
    expect(costs[0]).toEqual(costs[1]);
    console.info("a publication in a division with two years:", costs[0]);
  });
});
