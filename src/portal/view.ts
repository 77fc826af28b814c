import { divisionName } from "../index/divisions.ts";
import type { PublicFile } from "../index/shared.ts";
import { ENGLISH_PROVINCES } from "./province-names.ts";

/** Every page has a twin in the other language, at the same address with `.en` before `.html`. */
export type Lang = "zh-CN" | "en";
export const LANGS: readonly Lang[] = ["zh-CN", "en"];

/** The address of a page in a language. */
export const twin = (path: string, lang: Lang): string => (lang === "en" ? path.replace(/\.html$/, ".en.html") : path);

/** Names of the asset files, as `scripts/portal.ts` made them: relative to the public root. */
export interface AssetPaths {
  readonly style: string;
  readonly icon: string;
  /** Search on the home page. */
  readonly search: string;
  readonly compare: string;
  /** What a chart can be taken away as. */
  readonly charts: string;
  /** One chart or table in the pages of others. */
  readonly embed: string;
  readonly rank: string;
  /** Words in the texts of reports. */
  readonly text: string;
  /** A year in one file. */
  readonly download: string;
  /** Makes a workbook; loaded when one is asked for. */
  readonly xlsx: string;
  /** Deadlines against the reader's clock. */
  readonly deadlines: string;
  /** A file against the log of publications. */
  readonly verify: string;
  /** The dataset, asked in the browser. */
  readonly query: string;
  /** The rows of the form (`Row[]`, JSON). */
  readonly rows: string;
  /** The picture that other sites show beside a link (PNG, 1200 × 630). */
  readonly card: string;
}

/** What pages need beside the data. */
export interface PortalOptions {
  /** Where the public root is read, without a slash at the end. */
  readonly publicUrl: string;
  readonly assets: AssetPaths;
  /** The service that takes reports, where it is not the public root. */
  readonly apiUrl?: string;
  /** Under which licence the operator gives the data; a placeholder is shown without. */
  readonly licence?: { readonly label: string; readonly url?: string };
}

/** The language of a page: all that parts of it need that are made in browsers too. */
export interface Words {
  readonly lang: Lang;
  /** The text in the page's language. */
  t(zh: string, en: string): string;
}

/** A page in the making: its language, its address, and the way from it to everything else. */
export interface View extends Words {
  readonly options: PortalOptions;
  /** Relative to the public root, of the Chinese page. */
  readonly path: string;
  /** A relative link to a page of the portal, in the same language. */
  page(path: string): string;
  /** A relative link to any other file under the public root. */
  file(path: string): string;
  /** What a division is called, on English pages with its province in English; inside a province without the province's name. */
  place(code: string, inside?: string): string;
}

/** The relative reference (RFC 3986, 4.2) from one file under the root to another; index documents are named. */
export function relative(from: string, to: string): string {
  const [a, b] = [from.split("/").slice(0, -1), to.split("/")];
  let shared = 0;
  while (shared < a.length && shared < b.length - 1 && a[shared] === b[shared]) shared += 1;
  return "../".repeat(a.length - shared) + b.slice(shared).join("/");
}

/** What schema.org says of a licence: its address, or its name where it has none. */
export const licenceData = ({ licence }: PortalOptions): Record<string, unknown> =>
  licence ? { license: licence.url ?? { "@type": "CreativeWork", name: licence.label } } : {};

/**
 * The page at a path in both languages.
 * @param link how it refers to another file; for a page that is shown at any address, absolutely
 */
export const inBoth = (
  options: PortalOptions,
  path: string,
  make: (view: View) => PublicFile,
  link: (to: string) => string = (to) => relative(path, to),
): PublicFile[] =>
  LANGS.map((lang) =>
    make({
      options,
      lang,
      path,
      t: (zh, en) => (lang === "en" ? en : zh),
      page: (to) => link(twin(to, lang)),
      file: link,
      place: (code, inside) => {
        const name = divisionName(code);
        const province = divisionName(`${code.slice(0, 2)}0000`);
        const own = name.startsWith(province) ? name.slice(province.length) : undefined;
        if (own && inside === code.slice(0, 2)) return own;
        const english = lang === "en" && own !== undefined ? ENGLISH_PROVINCES[code.slice(0, 2)] : undefined;
        return english === undefined ? name : `${english} ${own}`.trim();
      },
    }),
  );
