/** Writes the importer's fixtures, files as they are found, to look at or to try: `node scripts/fixtures.ts DIRECTORY`. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FIXTURES } from "../tests/support/import/fixtures.ts";
import { closePrinter, writeAs } from "../tests/support/import/formats.ts";
import { make } from "../tests/support/import/made.ts";

const [, , directory] = process.argv;
if (directory === undefined) {
  console.error("用法：node scripts/fixtures.ts 目录");
  process.exitCode = 2;
} else {
  await mkdir(directory, { recursive: true });
  for (const [i, { name, format, report, quirks }] of FIXTURES.entries()) {
    const made = make(report, quirks);
    const file = await writeAs(format, made.paper);
    const base = String(i + 1).padStart(3, "0");
    await writeFile(join(directory, `${base}${file.name.replace(/^.*\./, ".")}`), file.bytes);
    await writeFile(
      join(directory, `${base}.expected.json`),
      `${JSON.stringify({ name, ...made, paper: undefined }, null, 2)}\n`,
    );
  }
  await closePrinter();
  console.log(`${FIXTURES.length}个文件在${directory}`);
}
