import { describe, expect, it } from "vitest";
import { assetPaths } from "../../generated/portal.ts";
import { type IndexContext, indexPlaces } from "../../src/index/indexer.ts";
import { reindex } from "../../src/index/reindex.ts";
import { portalPages } from "../../src/portal/pages.ts";
import { type PortalData, portalData } from "../support/portal-data.ts";
import { siteOf } from "../support/portal-site.ts";
import { commitYear, FolderStore } from "../support/portal-store.ts";

const pages = portalPages({ publicUrl: "https://reports.example.org/root", apiUrl: "https://api.example.org" });
/** In the order of publication, year after year. */
const inOrder = (data: PortalData) =>
  data.organs.flatMap(({ years }) => years).sort((a, b) => (a.firstPublishedAt < b.firstPublishedAt ? -1 : 1));

/** A bucket to which everything was published and told of in batches, as the queue gives them. */
async function published(data: PortalData, size: number): Promise<IndexContext & { readonly store: FolderStore }> {
  const store = new FolderStore();
  const context = { store, pages };
  const entries = inOrder(data);
  for (let i = 0; i < entries.length; i += size) {
    const batch = entries.slice(i, i + size);
    for (const entry of batch) await commitYear(store, entry);
    expect(await indexPlaces(batch, context)).toEqual([]);
  }
  return context;
}

describe("what organs publish over five years, batch by batch", () => {
  it("becomes the very pages that are made of all of it at once: 200 organs", async () => {
    // The store has reports as JSON alone: the pages take no other file.
    const data = portalData(200, ["json"]);
    const { store } = await published(data, 100);
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
  });

  it("is left as it is by a rebuild; after an upgrade what changed is written, and old styles stay", async () => {
    const context = await published(portalData(20), 7);
    const { store } = context;
    expect(await reindex(context)).toMatchObject({ written: 0, removed: [], failed: [] });
    const old = "published/assets/style-000000000000.css";
    await store.put(old, "", { contentType: "text/css" });
    const home = store.objects.get("published/index.html")!;
    const before = new TextDecoder().decode(home.body).replace(assetPaths.style, old);
    await store.put("published/index.html", before, home.headers);
    expect(await reindex(context)).toMatchObject({ written: 1, removed: [], failed: [] });
    expect(store.objects.get("published/index.html")!.body).toEqual(home.body);
    expect(store.objects.has(old)).toBe(true);
  });

  it("costs as many requests for the last organ of a year as for the second", async () => {
    const calls = { get: 0, write: 0, list: 0 };
    const store = new FolderStore({
      before: (operation) => {
        calls[operation === "get" || operation === "list" ? operation : "write"] += 1;
      },
    });
    const context = { store, pages };
    const data = portalData();
    const { division } = data.divisions.find(({ index }) => index.organs.length > 9)!.index;
    const own = inOrder(data).filter(
      ({ uscc, status, versions }) => uscc.slice(2, 8) === division && status === "current" && versions.length === 1,
    );
    const publish = async (entry: (typeof own)[number]) => {
      await commitYear(store, entry);
      Object.assign(calls, { get: 0, write: 0, list: 0 });
      await indexPlaces([entry], context);
      return { ...calls };
    };
    const year = (wanted: number) => own.filter((entry) => entry.year === wanted);
    for (const entry of [...year(2020), ...year(2021).slice(0, 1)]) await publish(entry);
    const costs = [];
    for (const entry of year(2021).slice(1)) costs.push(await publish(entry));
    expect(costs.length).toBeGreaterThan(5);
    expect(costs).toEqual(costs.map(() => ({ get: 35, write: 37, list: 1 })));
  });
});
