import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, openShell, type Shell } from "../support/command.ts";

/** This Node, and the one that the machine has besides: users have older ones. */
function nodes(): string[] {
  const outer = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .map((folder) => join(folder, process.platform === "win32" ? "node.exe" : "node"))
    .filter((file) => existsSync(file));
  const versions = new Map<string, string>();
  for (const file of [process.execPath, ...outer])
    versions.set(execFileSync(file, ["--version"], { encoding: "utf8" }).trim(), file);
  return [...versions.values()];
}

let folder: string;
let installed: string;
let packed: readonly string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nianbao-pack-"));
  const npm = (args: readonly string[], cwd: string): string =>
    execFileSync("npm", args, {
      encoding: "utf8",
      cwd,
      shell: process.platform === "win32",
      stdio: ["ignore", "pipe", "pipe"],
    });
  // Built before the tests; building again would pull the bundle from under them.
  const source = join(folder, "source");
  await mkdir(source);
  for (const name of ["package.json", "README.md", "LICENSE", "bin", "dist/cli", "examples", "schemas"])
    await cp(at(name), join(source, name), { recursive: true });
  // What `npm pack` runs itself, but for the build.
  execFileSync(process.execPath, [at("scripts/package.ts"), "strip", source]);
  const [tarball] = JSON.parse(npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], source)) as [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ];
  packed = tarball.files.map(({ path }) => path);
  npm(["init", "-y"], folder);
  // Without the network: it depends on nothing.
  npm(["install", "--offline", "--no-audit", "--no-fund", join(folder, tarball.filename)], folder);
  installed = join(folder, "node_modules/nianbao");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the packed package", () => {
  it("holds the command, fonts, schemas, examples and licences, and nothing else", () => {
    for (const file of [
      "LICENSE",
      "README.md",
      "bin/nianbao.mjs",
      "dist/cli/nianbao.mjs",
      "dist/cli/THIRD-PARTY-LICENCES.txt",
      "dist/cli/nianbao.bom.json",
      "dist/cli/fonts/fangsong.face",
      "dist/cli/fonts/fangsong.OFL.txt",
      "dist/cli/web/filing/index.html",
      "examples/hangzhou-2025.json",
      "schemas/report-2021.schema.json",
      "schemas/conformance/2021.json",
    ])
      expect(packed).toContain(file);
    const strange = packed.filter(
      (path) =>
        !/^(LICENSE|README\.md|package\.json|bin\/|dist\/cli\/|examples\/|schemas\/(report-\d+|roster|sources)\.schema\.json$|schemas\/conformance\/(README\.md|\d+\.json)$)/.test(
          path,
        ),
    );
    expect(strange).toEqual([]);
    expect(packed.filter((path) => /\.(ts|key|map)$/.test(path))).toEqual([]);
  });

  it("depends on no other package", async () => {
    expect(readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["nianbao"]);
    const { dependencies, scripts } = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
    expect([dependencies, scripts]).toEqual([undefined, undefined]);
  });

  it("passes on the licences of what is bundled", async () => {
    const text = await readFile(join(installed, "dist/cli/THIRD-PARTY-LICENCES.txt"), "utf8");
    for (const name of ["commander", "pdfmake", "pdfkit", "pdfjs-dist", "hono", "openid-client", "@aws-sdk/client-s3"])
      expect(text).toMatch(new RegExp(`^${name} \\d`, "m"));
  });

  it("is found by npx", () => {
    const version = execFileSync("npx", ["--offline", "nianbao", "--version"], {
      cwd: folder,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    expect(version.trim()).toBe("0.1.0");
  });
});

describe.each(nodes())("the packed package under %s", (node) => {
  let shell: Shell;
  beforeAll(async () => {
    shell = await openShell([node, join(installed, "bin/nianbao.mjs")]);
  });
  const sample = (name: string): string => join(installed, "examples", name);

  it("checks, renders, imports and extracts in an empty folder", async () => {
    const { run, path } = shell;
    const hangzhou = sample("hangzhou-2025.json");
    expect((await run(["validate", hangzhou, sample("liaocheng-2020.json")])).code).toBe(0);
    for (const format of ["pdf", "html", "docx", "ofd", "csv"]) {
      const file = path(`report.${format}`);
      const rendered = await run(["render", hangzhou, "-o", file]);
      expect([rendered.code, rendered.stderr], format).toEqual([0, ""]);
      expect(statSync(file).size).toBeGreaterThan(1000);
      const imported = await run(["import", file, "--uscc", "11330100002489015P"]);
      expect(imported.code, `${format}: ${imported.stderr}`).toBe(0);
      expect(JSON.parse(imported.stdout), format).toEqual(JSON.parse(await readFile(hangzhou, "utf8")));
    }
    for (const file of ["report.pdf", "report.ofd"]) {
      const extracted = await run(["extract", path(file)]);
      expect([extracted.code, extracted.stderr], file).toEqual([0, ""]);
      expect((await run(["diff", hangzhou, "-"], { input: extracted.stdout })).code).toBe(0);
    }
  });

  it("serves the whole service, which takes a submission", async () => {
    const { run, start, path } = shell;
    const service = start(["serve", "--local", "--port", "0"], { env: { S3_PORT: "0", DATA_DIR: path("data") } });
    try {
      const [server] = await service.saying(/http:\/\/localhost:\d+/);
      const login = start(["login", "--server", server]);
      const [url, code] = await login.saying(/http\S+user_code=([A-Z-]+)/);
      await fetch(url.replace(/\?.*/, ""), {
        method: "POST",
        body: new URLSearchParams({ user_code: code!, user: "clerk" }),
      });
      expect((await login.ended).code).toBe(0);
      const sessions = JSON.parse(await readFile(path("config/nianbao/sessions.json"), "utf8"));
      for (const format of ["pdf", "docx", "ofd", "html"]) {
        const imported = await fetch(`${server}/imports?uscc=11330100002489015P`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${sessions.servers[server].token}`,
            "content-type": "application/octet-stream",
          },
          body: new Uint8Array(await readFile(path(`report.${format}`))),
        });
        expect(imported.status, format).toBe(200);
        const { report } = (await imported.json()) as { readonly report: unknown };
        expect(report, format).toEqual(JSON.parse(await readFile(sample("hangzhou-2025.json"), "utf8")));
      }
      const submitted = await run(["submit", sample("hangzhou-2025.json"), "--wait"]);
      expect(submitted.code, submitted.stderr).toBe(0);
      const pdf = await fetch(`${server}/11330100002489015P/2025/report.pdf`);
      expect(Buffer.from(await pdf.arrayBuffer()).equals(await readFile(path("report.pdf")))).toBe(true);
    } finally {
      service.process.kill("SIGTERM");
    }
    expect((await service.ended).code).toBe(0);
  });
});
