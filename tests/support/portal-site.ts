/** The public root as a bucket serves it: files by their whole path under a prefix, no index documents. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sha256 } from "../../src/basics/hash.ts";
import { paths, yearsOfProvince } from "../../src/index/shapes.ts";
import type { PublicFile } from "../../src/index/shared.ts";
import { missingIn } from "../../src/index/standing.ts";
import { portalPages } from "../../src/portal/pages.ts";
import type { PortalData } from "./portal-data.ts";

export const PREFIX = "/bucket/published";
const PUBLIC_URL = "https://reports.example.org/root";

/** The pages of a state and the data that they are made of, by path. */
export function siteOf(data: PortalData): Map<string, PublicFile> {
  const pages = portalPages({ publicUrl: PUBLIC_URL, apiUrl: "https://api.example.org" });
  const json = (path: string, state: unknown): PublicFile => ({
    path,
    body: JSON.stringify(state),
    contentType: "application/json; charset=utf-8",
  });
  const indexOf = new Map(data.divisions.map(({ index }) => [index.division, index]));
  const files: PublicFile[] = [
    ...data.organs.flatMap((organ) => [json(paths.organ(organ.uscc), organ), ...pages.organ(organ)]),
    ...pages.constant,
    ...data.divisionYears.flatMap((state) => [
      json(paths.divisionYear(state.division, state.year), state),
      ...pages.divisionYear(state, missingIn(indexOf.get(state.division)!, state.year)),
    ]),
    ...data.divisions.flatMap(({ index, latest }) => [
      json(paths.division(index.division), index),
      ...pages.division(index, latest),
    ]),
    ...data.provinces.flatMap((index) => {
      const latest = data.provinceYears.find(
        ({ state }) => state.province === index.province && state.year === yearsOfProvince(index)[0],
      );
      return [json(paths.province(index.province), index), ...pages.province(index, latest?.state)];
    }),
    ...data.provinceYears.flatMap(({ state, table }) => [
      json(paths.provinceYear(state.province, state.year), state),
      table,
      ...pages.provinceYear(state),
    ]),
    ...data.shards.map((shard) => json(paths.search(shard.province), shard)),
    json(paths.catalogue, data.catalogue),
    ...pages.catalogue(data.catalogue),
    json(paths.recent, data.recent),
    ...pages.recent(data.recent),
    ...pages.home(data.catalogue, data.recent),
  ];
  const site = new Map(files.map((file) => [file.path, file]));
  if (site.size !== files.length) throw new Error("two files at one path");
  return site;
}

/** What lies under the root beside them: the reports themselves, and what machines read. */
export function otherPaths(data: PortalData): Set<string> {
  const others = new Set(["feed.atom", "robots.txt", "data/manifest.json"]);
  for (const { index } of data.divisions) others.add(`divisions/${index.division}/feed.atom`);
  const FILES = ["report.pdf", "report.docx", "report.html", "report.json", "report.csv", "SHA256SUMS"];
  for (const { uscc, years } of data.organs)
    for (const { year, versions } of years) {
      for (const name of [...FILES, "index.html", "versions.json"]) others.add(`${uscc}/${year}/${name}`);
      for (const { version } of versions) for (const name of FILES) others.add(`${uscc}/${year}/v${version}/${name}`);
    }
  return others;
}

/** Serves files on a free port. */
export async function serveSite(
  site: ReadonlyMap<string, PublicFile>,
  port: number,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://site").pathname);
    const file = site.get(path.slice(PREFIX.length + 1));
    if (!path.startsWith(`${PREFIX}/`) || !file) {
      response.writeHead(404).end();
      return;
    }
    const body = Buffer.from(file.body as string);
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    const type = { "content-type": file.contentType, etag: `"${sha256(body)}"`, "cache-control": "no-store" };
    if (from === undefined) response.writeHead(200, type).end(body);
    else response.writeHead(206, type).end(body.subarray(Number(from), Number(to) + 1));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${PREFIX}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
