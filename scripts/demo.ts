/** Posts both example reports to a running `npm start` and prints where their PDFs are. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { issuerUrl, openSigner } from "../local/issuer.ts";

const port = Number(process.env["PORT"] ?? 8080);
const server = `http://localhost:${port}`;
const signer = await openSigner(resolve(process.env["DATA_DIR"] ?? ".data"), issuerUrl(port));
const authorization = `Bearer ${await signer.accessToken("clerk")}`;
for (const name of ["liaocheng-2020", "hangzhou-2025"]) {
  const body = await readFile(new URL(`../examples/${name}.json`, import.meta.url));
  const response = await fetch(`${server}/reports`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization },
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
