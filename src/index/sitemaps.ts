/** What search engines read (sitemaps.org, protocol 0.9): robots.txt → a province's index → a division's addresses. */
import type { Catalogue, DivisionIndex, DivisionYear, ProvinceIndex } from "./shapes.ts";
import type { PublicFile } from "./shared.ts";

/**
 * The protocol's limit for one file. A division has some hundred organs; one with more than 50,000 addresses in a year
 * would be cut here, and its pages lead to the rest.
 */
const LIMIT = 50_000;

interface Address {
  readonly loc: string;
  /** W3C date and time. */
  readonly lastmod?: string;
}

/** Addresses are made of codes and years after an origin that `URL` has written: only `&` could want escaping. */
const xml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function sitemap(path: string, root: "urlset" | "sitemapindex", addresses: readonly Address[]): PublicFile {
  const element = root === "urlset" ? "url" : "sitemap";
  const rows = addresses
    .slice(0, LIMIT)
    .map(
      ({ loc, lastmod }) =>
        `<${element}><loc>${xml(loc)}</loc>${lastmod ? `<lastmod>${lastmod}</lastmod>` : ""}</${element}>\n`,
    );
  return {
    path,
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${rows.join("")}</${root}>\n`,
    contentType: "application/xml; charset=utf-8",
  };
}

/** `sitemaps/{division}/{year}.xml`: the page and the versions of each place. */
export const sitemapOfYear = ({ division, year, entries }: DivisionYear, url: string): PublicFile =>
  sitemap(
    `sitemaps/${division}/${year}.xml`,
    "urlset",
    entries.flatMap(({ uscc, publishedAt: lastmod }) => [
      { loc: `${url}/${uscc}/${year}/report.html`, lastmod },
      { loc: `${url}/${uscc}/${year}/index.html`, lastmod },
    ]),
  );

/** `sitemaps/{division}/organs.xml`: the page of each organ. */
export const sitemapOfOrgans = ({ division, organs }: DivisionIndex, url: string): PublicFile =>
  sitemap(
    `sitemaps/${division}/organs.xml`,
    "urlset",
    organs.map(({ uscc }) => ({ loc: `${url}/${uscc}/index.html` })),
  );

/** `sitemaps/{province}.xml`: the sitemaps of its divisions; years without a standing report are left out. */
export const sitemapsOfProvince = ({ province, divisions }: ProvinceIndex, url: string): PublicFile =>
  sitemap(
    `sitemaps/${province}.xml`,
    "sitemapindex",
    divisions.flatMap(({ division, reports }) =>
      ["organs", ...Object.keys(reports).sort()].map((name) => ({ loc: `${url}/sitemaps/${division}/${name}.xml` })),
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
