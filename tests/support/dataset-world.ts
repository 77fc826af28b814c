/** Reports of many organs over some years, published as an indexer sees them: the dataset of all of them. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { divisionNames } from "../../generated/divisions.ts";
import { setCell } from "../../src/form/cells.ts";
import type { EditionForm } from "../../src/form/form.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formForYear } from "../../src/form/forms.ts";
import { divisionName } from "../../src/index/divisions.ts";
import type { Organ } from "../../src/roster/roster.ts";
import { saveRoster } from "../../src/roster/stored.ts";
import type { Store } from "../../src/store/store.ts";
import type { MemoryStore } from "./memory-store.ts";
import { commitRecord } from "./records.ts";
import { codeOf } from "./roster.ts";

const BUREAUS = [
  "人民政府",
  "教育局",
  "公安局",
  "民政局",
  "司法局",
  "财政局",
  "水利局",
  "审计局",
  "统计局",
  "交通运输局",
];

export interface Published {
  readonly uscc: string;
  readonly year: number;
}

export interface WorldOrgan {
  readonly uscc: string;
  readonly name: string;
  readonly division: string;
}

/** Organs of the divisions of some provinces, ten a division, the first its government. */
export function organsOf(provinces: readonly string[], number: number): WorldOrgan[] {
  const own = provinces.map((province) => Object.keys(divisionNames).filter((code) => code.startsWith(province)));
  // In turn, so that few organs are of all provinces too.
  const divisions = Array.from({ length: Math.max(...own.map(({ length }) => length)) }, (_, i) =>
    own.flatMap((codes) => codes[i] ?? []),
  ).flat();
  return Array.from({ length: number }, (_, i): WorldOrgan => {
    const division = divisions[Math.floor(i / BUREAUS.length) % divisions.length]!;
    const turn = Math.floor(i / BUREAUS.length / divisions.length);
    const bureau = BUREAUS[i % BUREAUS.length]!;
    const again = turn === 0 ? "" : bureau === "人民政府" ? `第${turn}办公室` : `${turn}分局`;
    return {
      uscc: codeOf(division, i),
      name: `${divisionName(division)}${again.endsWith("室") ? again : bureau + again}`,
      division,
    };
  });
}

/** A number that looks random and is the same every time (mulberry32). */
function numberOf(seed: number, below: number): number {
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed) + 0x6d2b79f5;
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return (((t ^ (t >>> 14)) >>> 0) % below) | 0;
}

function reportOf(form: EditionForm, organ: WorldOrgan, year: number, seed: number): string {
  const report: Record<string, unknown> = {
    edition: form.edition,
    year,
    organ: { uscc: organ.uscc, name: organ.name },
    signed: `${year + 1}-01-20`,
  };
  for (const [i, { pointer, type, units }] of formCells(form).entries()) {
    const value = numberOf(seed * 193 + i, 3) === 0 ? numberOf(seed * 389 + i, 400) : 0;
    setCell(
      report,
      pointer,
      type === "money"
        ? { amount: `${value}.${String(numberOf(seed + i, 90) + 10)}`, unit: units?.[0] ?? "万元" }
        : type === "signed"
          ? value - 20
          : value,
    );
  }
  return JSON.stringify(report);
}

/** Publishes a report of an organ's year; every twentieth was corrected, every fiftieth withdrawn. */
export async function publishYear(store: Store, organ: WorldOrgan, year: number, number: number): Promise<Published> {
  const form = formForYear(year)!;
  const { uscc } = organ;
  const own = { uscc, year, edition: form.edition, organ: organ.name, submission: `${uscc}${year}` };
  const at = (day: number) => `${year + 1}-01-${String(day).padStart(2, "0")}T09:00:00+08:00`;
  const report = (version: number) => reportOf(form, organ, year, number * 31 + year * 7 + version);
  await commitRecord(store, report(1), { ...own, version: 1, kind: "original", publishedAt: at(10) });
  if (number % 20 === 3)
    await commitRecord(store, report(2), {
      ...own,
      version: 2,
      kind: "correction",
      publishedAt: at(20),
      reason: "漏报。",
    });
  if (number % 50 === 7)
    await commitRecord(store, "{}", {
      ...own,
      version: 2,
      kind: "withdrawal",
      publishedAt: at(21),
      reason: "报错机关。",
    });
  return { uscc, year };
}

/**
 * The roster over a province: each division's organs under its government, that under the province's. Every ninth
 * department stands under the province's government, every seventh organ in no roster.
 */
export async function saveProvinceRoster(store: Store, province: string, organs: readonly WorldOrgan[]): Promise<void> {
  const own = organs.filter(({ division }) => division.startsWith(province));
  const governments = new Map(
    own.filter(({ name, division }) => name === `${divisionName(division)}人民政府`).map((o) => [o.division, o]),
  );
  const top = governments.get(`${province}0000`);
  const listed = own.flatMap((organ, i): Organ[] => {
    const { uscc, name, division } = organ;
    const government = governments.get(division);
    if (organ === government)
      return [{ uscc, name, kind: "government", ...(top && top !== organ ? { superior: top.uscc } : {}) }];
    if (i % 7 === 5) return [];
    const superior = i % 9 === 4 ? top : government;
    return [
      { uscc, name, kind: i % 3 === 0 ? "other" : "department", ...(superior ? { superior: superior.uscc } : {}) },
    ];
  });
  await saveRoster(
    store,
    { division: `${province}0000`, version: 0, organs: listed },
    { savedAt: "2025-01-01T00:00:00+08:00", savedBy: { issuer: "i", subject: "s" }, program: "test" },
  );
}

/** Writes what is published under some prefix into a folder, as a bucket's copy has it. */
export async function copyPublished(store: MemoryStore, folder: string, prefix = "data/"): Promise<void> {
  for (const [key, { body }] of store.objects) {
    if (!key.startsWith(`published/${prefix}`)) continue;
    const path = join(folder, key.slice("published/".length));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, body);
  }
}
