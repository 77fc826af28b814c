/** Posts both example reports to a running `npm start` and prints where their PDFs are. */
import { readFile } from "node:fs/promises";

const server = `http://localhost:${process.env["PORT"] ?? 8080}`;
for (const name of ["liaocheng-2020", "hangzhou-2025"]) {
  const body = await readFile(new URL(`../examples/${name}.json`, import.meta.url));
  const response = await fetch(`${server}/reports`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  }).catch(() => {
    console.error(`${server} 没有回应：请先在另一个终端运行 npm start。 · No answer; run npm start first.`);
    process.exit(1);
  });
  const answer = (await response.json()) as { detail?: string; artefacts?: { name: string; url: string }[] };
  if (!response.ok) {
    console.error(`${name}: ${response.status} ${answer.detail}`);
    process.exitCode = 1;
  } else console.log(`${name}: ${answer.artefacts?.find((a) => a.name === "report.pdf")?.url}`);
}
