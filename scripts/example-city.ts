/**
 * The made-up city of the examples: `node scripts/example-city.ts` writes its roster to examples/city, with a folder
 * also the reports of its organs for a year there: `node scripts/example-city.ts reports 2024`. The governments' own
 * are left out: they are what `nianbao rollup` draws up.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cityReport, cityRoster } from "../tests/support/city.ts";

const [folder, year = "2024"] = process.argv.slice(2);
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const roster = cityRoster();
const examples = fileURLToPath(new URL("../examples/city/", import.meta.url));
await mkdir(examples, { recursive: true });
await writeFile(join(examples, "roster.json"), json(roster));
if (folder !== undefined) {
  await mkdir(folder, { recursive: true });
  const organs = roster.organs.filter(({ kind }) => kind !== "government");
  for (const organ of organs)
    await writeFile(join(folder, `${organ.name}.json`), json(cityReport(organ, Number(year))));
  console.log(`${organs.length}份报告在${folder}`);
}
