/** What search engines read (sitemaps.org, protocol 0.9): robots.txt → a province's index → a division's addresses. */
import type { Catalogue, DivisionIndex, DivisionYear, ProvinceIndex } from "./shapes.ts";
import type { PublicFile } from "./shared.ts";

/** The protocol's limit for one file; its other one, 50 MB, is some 350 bytes an address. */
const LIMIT = 50_000;
/** Addresses of a place. */
const OF_PLACE = 2;

interface Address {
  readonly loc: string;
  /** W3C date and time. */
  readonly lastmod?: string;
}

/** Addresses are made of codes and years after an origin that `URL` has written: only `&` could want escaping. */
const xml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function sitemap(path: string, root: "urlset" | "sitemapindex", addresses: readonly Address[]): PublicFile {
  const element = root === "urlset" ? "url" : "sitemap";
  const rows = addresses.map(
    ({ loc, lastmod }) =>
      `<${element}><loc>${xml(loc)}</loc>${lastmod ? `<lastmod>${lastmod}</lastmod>` : ""}</${element}>\n`,
  );
  return {
    path,
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${rows.join("")}</${root}>\n`,
    contentType: "application/xml; charset=utf-8",
  };
}

/** The files for a number of addresses: `{name}.xml`, and `{name}-2.xml` and so on where one may not hold them all. */
const names = (name: string, addresses: number): string[] =>
  Array.from({ length: Math.max(1, Math.ceil(addresses / LIMIT)) }, (_, i) => (i === 0 ? name : `${name}-${i + 1}`));

const sitemaps = (division: string, name: string, addresses: readonly Address[]): PublicFile[] =>
  names(name, addresses.length).map((file, i) =>
    sitemap(`sitemaps/${division}/${file}.xml`, "urlset", addresses.slice(i * LIMIT, (i + 1) * LIMIT)),
  );

/** `sitemaps/{division}/{year}.xml`: the page and the versions of each place. */
export const sitemapOfYear = ({ division, year, entries }: DivisionYear, url: string): PublicFile[] =>
  sitemaps(
    division,
    String(year),
    entries.flatMap(({ uscc, publishedAt: lastmod }) => [
      { loc: `${url}/${uscc}/${year}/report.html`, lastmod },
      { loc: `${url}/${uscc}/${year}/index.html`, lastmod },
    ]),
  );

/** `sitemaps/{division}/organs.xml`: the page of each organ. */
export const sitemapOfOrgans = ({ division, organs }: DivisionIndex, url: string): PublicFile[] =>
  sitemaps(
    division,
    "organs",
    organs.map(({ uscc }) => ({ loc: `${url}/${uscc}/index.html` })),
  );

/**
 * `sitemaps/{province}.xml`: the sitemaps of its divisions; years without a standing report are left out. A province has
 * some 200 divisions: with one file a year the limit is centuries away.
 */
export const sitemapsOfProvince = ({ province, divisions }: ProvinceIndex, url: string): PublicFile =>
  sitemap(
    `sitemaps/${province}.xml`,
    "sitemapindex",
    divisions.flatMap(({ division, organs, reports }) =>
      [
        ...(organs > 0 ? names("organs", organs) : []),
        ...Object.entries(reports)
          .filter(([, { current }]) => current > 0)
          .sort(([a], [b]) => Number(a) - Number(b))
          .flatMap(([year, { current, withdrawn }]) => names(year, OF_PLACE * (current + withdrawn))),
      ].map((name) => ({ loc: `${url}/sitemaps/${division}/${name}.xml` })),
    ),
  );

/** `robots.txt` (RFC 9309). */
export const robots = ({ provinces }: Catalogue, url: string): PublicFile => ({
  path: "robots.txt",
  body: [
    "User-agent: *",
    "Allow: /",
    "",
    ...provinces.map(({ province }) => `Sitemap: ${url}/sitemaps/${province}.xml`),
    "",
  ].join("\n"),
  contentType: "text/plain; charset=utf-8",
});
