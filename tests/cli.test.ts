import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readPieces } from "./support/pdf.ts";
import { example } from "./support/service.ts";

const at = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "nianbao-cli-"));
const nianbao = (args: readonly string[], input?: string) =>
  spawnSync(process.execPath, [at("bin/nianbao.mjs"), ...args], {
    encoding: "utf8",
    cwd: directory,
    ...(input === undefined ? {} : { input }),
  });

describe("nianbao validate", () => {
  it("exits 0 for a sound report, from a file and from standard input", () => {
    const file = at("examples/liaocheng-2020.json");
    expect(nianbao(["validate", file]).status).toBe(0);
    expect(nianbao(["validate", "-"], readFileSync(file, "utf8")).status).toBe(0);
  });

  it("names the cell, both sums and the rule when one number was changed, and exits 1", async () => {
    const report = await example("hangzhou-2025");
    report["requests"].results.granted.naturalPerson = 5346;
    const file = join(directory, "changed.json");
    writeFileSync(file, JSON.stringify(report));
    const { status, stdout } = nianbao(["validate", file]);
    expect(status).toBe(1);
    expect(stdout).toContain("T3-ROW-TOTAL");
    expect(stdout).toContain("自然人（5346）");
    expect(stdout).toContain("＝5549，总计（5548），相差1");
    expect(stdout).toContain("/requests/results/granted/naturalPerson");
    expect(stdout).toContain("T3-RESULT-SUM");
    const json = JSON.parse(nianbao(["validate", "--json", file]).stdout);
    expect(json.valid).toBe(false);
    expect(json.files[0].findings.map((f: { id: string }) => f.id).sort()).toEqual(["T3-RESULT-SUM", "T3-ROW-TOTAL"]);
  });

  it("says where a file is no JSON, and exits 2", () => {
    const { status, stderr } = nianbao(["validate", "-"], "{\n  oops\n}");
    expect(status).toBe(2);
    expect(stderr).toContain("第2行第3列");
    expect(nianbao(["validate", "no-such-file.json"]).status).toBe(2);
  });
});

describe("nianbao render", () => {
  it("writes the PDF that the service publishes, the same bytes in every process", async () => {
    const [a, b] = ["a.pdf", "b.pdf"].map((name) => {
      const output = join(directory, name);
      expect(nianbao(["render", at("examples/liaocheng-2020.json"), "-o", output]).status).toBe(0);
      return readFileSync(output);
    });
    expect(a!.equals(b!)).toBe(true);
    const { pieces } = await readPieces(a!);
    const text = pieces.map((p) => p.text).join("");
    expect(text).toContain("1007.25万元");
    expect(text).toContain("+19");
  });

  it("refuses a report with errors and writes nothing", async () => {
    const report = await example("liaocheng-2020");
    report["organ"].uscc = "113715000000000000";
    const { status, stderr } = nianbao(["render", "-", "-o", join(directory, "never.pdf")], JSON.stringify(report));
    expect(status).toBe(1);
    expect(stderr).toContain("F-USCC");
    expect(() => readFileSync(join(directory, "never.pdf"))).toThrow();
  });
});
