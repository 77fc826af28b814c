import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { at, openShell } from "../support/command.ts";
import { readPieces } from "../support/pdf.ts";
import { example } from "../support/service.ts";

const LIAOCHENG = at("examples/liaocheng-2020.json");
const HANGZHOU = at("examples/hangzhou-2025.json");
const { directory, path, write, run } = await openShell();

describe("nianbao", () => {
  it("lists its commands, exit codes and environment, in the language of the locale", async () => {
    const chinese = await run(["--help"], { env: { NIANBAO_LANG: undefined } });
    expect(chinese.code).toBe(0);
    for (const word of ["用法", "import", "validate", "submit", "fsck", "completion", "退出码：0", "NIANBAO_TOKEN"])
      expect(chinese.stdout).toContain(word);
    const languages: readonly (readonly [Record<string, string>, RegExp])[] = [
      [{ LANG: "en_US.UTF-8" }, /Usage:/],
      [{ LANG: "de_DE.UTF-8" }, /Usage:/],
      [{ LANG: "en_US.UTF-8", LC_ALL: "zh_CN.UTF-8" }, /用法/],
      [{ LANG: "C.UTF-8" }, /用法/],
      [{ LANG: "POSIX" }, /用法/],
      [{ LANG: "zh_CN.UTF-8", NIANBAO_LANG: "en" }, /Usage:/],
    ];
    for (const [env, pattern] of languages)
      expect((await run(["render", "--help"], { env: { NIANBAO_LANG: undefined, ...env } })).stdout).toMatch(pattern);
  });

  it("gives every command a help with an example", async () => {
    const { stdout } = await run(["--help"]);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)]
      .map((m) => m[1]!)
      .filter((name) => name !== "help");
    expect(commands.length).toBeGreaterThan(12);
    for (const name of commands) {
      const help = await run([name, "--help"]);
      expect(help.stdout, name).toContain("例：");
      expect(help.stdout, name).toContain(`nianbao ${name}`);
    }
  });

  it("suggests what was meant, and ends with 2", async () => {
    const command = await run(["vlidate", LIAOCHENG]);
    expect([command.code, command.stdout]).toEqual([2, ""]);
    expect(command.stderr).toContain("没有命令 vlidate");
    expect(command.stderr).toContain("validate？");
    const option = await run(["validate", "--jsno", LIAOCHENG], { env: { NIANBAO_LANG: "en" } });
    expect(option.code).toBe(2);
    expect(option.stderr).toContain("Did you mean --json?");
    expect((await run(["render", LIAOCHENG])).stderr).toContain("缺少选项 -o");
    expect((await run([])).code).toBe(2);
  });

  it("loads no more than it needs: to say its version next to nothing, to check a report no composer", async () => {
    const hook = `import { registerHooks } from "node:module";
      registerHooks({ load: (url, context, next) => (console.error(url), next(url, context)) });`;
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` };
    const loaded = async (...args: string[]) => {
      const { stderr } = await run(args, { env });
      const files = stderr.split("\n").filter((line) => line.startsWith("file:") && line.includes("/dist/cli/"));
      expect(files.length).toBeGreaterThan(0);
      const texts = await Promise.all(files.map((url) => readFile(new URL(url), "utf8")));
      return { bytes: texts.reduce((sum, text) => sum + text.length, 0), text: texts.join("") };
    };
    expect((await loaded("--version")).bytes).toBeLessThan(150_000);
    expect((await loaded("help", "serve")).bytes).toBeLessThan(150_000);
    const { text } = await loaded("validate", LIAOCHENG);
    for (const library of ["pdfjsWorker", "PDFDocument", "S3ServiceException"]) {
      expect(text).not.toContain(library);
    }
    expect((await loaded("render", LIAOCHENG, "-o", path("loaded.pdf"))).text).toContain("PDFDocument");
  });

  it("uses colours where they are wanted, and says nothing when a pipe is closed", async () => {
    expect((await run(["validate", LIAOCHENG])).stderr).not.toContain("\u001b");
    expect((await run(["validate", LIAOCHENG], { env: { FORCE_COLOR: "1" } })).stderr).toContain("\u001b[32m");
    const piped = spawnSync("bash", ["-c", `"${process.execPath}" "${at("bin/nianbao.mjs")}" schema | head -n 1`], {
      encoding: "utf8",
    });
    expect([piped.stdout, piped.stderr]).toEqual(["{\n", ""]);
  });

  it("tells of what nobody expected without a stack, with one where it is asked for", async () => {
    const env = { FONTS: path("no-fonts") };
    const plain = await run(["validate", LIAOCHENG], { env });
    expect(plain.code).toBe(2);
    expect(plain.stderr).toContain("NIANBAO_DEBUG=1");
    expect(plain.stderr).not.toMatch(/^\s+at /m);
    expect((await run(["validate", LIAOCHENG], { env: { ...env, NIANBAO_DEBUG: "1" } })).stderr).toMatch(/^\s+at /m);
  });
});

describe("nianbao validate", () => {
  it("exits 0 for a sound report, from a file and from standard input", async () => {
    expect((await run(["validate", LIAOCHENG])).code).toBe(0);
    const piped = await run(["validate", "-"], { input: await readFile(LIAOCHENG) });
    // The example's overview is longer than local notices ask for, which informs.
    const length = "提示 N-LENGTH：“总体情况”有1342字，超过1000字\n    总体情况 = 1342  /overview/body\n";
    expect([piped.code, piped.stdout]).toEqual([0, length]);
    expect(piped.stderr).toBe("标准输入：通过校验，1处提示\n");
  });

  it("names the cell, both sums and the rule when one number was changed, and exits 1", async () => {
    const report = await example("hangzhou-2025");
    report["requests"].results.granted.naturalPerson = 5346;
    const file = await write("changed.json", report);
    const { code, stdout } = await run(["validate", file]);
    expect(code).toBe(1);
    expect(stdout).toContain("T3-ROW-TOTAL");
    expect(stdout).toContain("自然人（5346）");
    expect(stdout).toContain("＝5549，总计（5548），相差1");
    expect(stdout).toContain("/requests/results/granted/naturalPerson");
    expect(stdout).toContain("T3-RESULT-SUM");
    const json = JSON.parse((await run(["validate", "--json", file])).stdout);
    expect(json.valid).toBe(false);
    const ids = json.files[0].findings.map((f: { id: string }) => f.id);
    expect(ids.sort()).toEqual(["N-LENGTH", "T3-RESULT-SUM", "T3-ROW-TOTAL"]);
    const english = await run(["validate", file], { env: { NIANBAO_LANG: "en" } });
    expect(english.stdout).toContain("difference 1");
  });

  it("takes what a region's report stands on beside it, and says what is wrong with that", async () => {
    const report = await example("hangzhou-2025");
    const { uscc, name } = report["organ"];
    const sources = {
      ...{ format: 1, division: uscc.slice(2, 8), year: report["year"], edition: report["edition"] },
      ...{ government: { uscc, name }, roster: { division: uscc.slice(2, 8) } },
      ...{ organs: { expected: 0, reported: 0, missing: 0 }, sources: [], missing: [], replaced: [], notCounted: [] },
    };
    expect((await run(["validate", await write("regional.json", { ...report, sources })])).code).toBe(0);
    const wrong = { ...report, sources: { ...sources, year: report["year"] - 1 } };
    const { code, stdout } = await run(["validate", await write("other.json", wrong)]);
    expect(code).toBe(1);
    expect(stdout).toContain("R-PLACE");
  });

  it("checks several files to the end, whatever is wrong with one", async () => {
    const broken = await write("broken.json", "{\n  oops\n}");
    const unsound = await write("unsound.json", { edition: "2021" });
    const all = await run(["validate", broken, "no-such.json", unsound, LIAOCHENG, HANGZHOU, "--json"]);
    expect(all.code).toBe(2);
    const { valid, files } = JSON.parse(all.stdout);
    expect(valid).toBe(false);
    expect(files.map((f: { valid: boolean }) => f.valid)).toEqual([false, false, false, true, true]);
    expect(files[0].failed).toContain("第2行第3列");
    expect(files[1].failed).toContain("没有这个文件");
    expect((await run(["validate", unsound, LIAOCHENG])).code).toBe(1);
    expect((await run(["validate", LIAOCHENG, HANGZHOU])).code).toBe(0);
  });

  it("compares with last year's report where it is given", async () => {
    const previous = await example("hangzhou-2025");
    previous["year"] = 2024;
    previous["signed"] = "2025-01-20";
    const file = await write("2024.json", previous);
    const alone = JSON.parse((await run(["validate", HANGZHOU, "--json"])).stdout);
    expect(alone.files[0].comparedWithLastYear).toBe(false);
    const { code, stdout } = await run(["validate", HANGZHOU, "--previous", file]);
    // A warning: it is explained when the report is submitted.
    expect(code).toBe(0);
    expect(stdout).toContain("Y-CARRY");
    // Of another organ or year, it is nobody's last year.
    const other = JSON.parse((await run(["validate", LIAOCHENG, "--previous", file, "--json"])).stdout);
    expect(other.files[0].comparedWithLastYear).toBe(false);
  });

  it("compares with what is sound of last year's report, and says what was left out", async () => {
    const previous = await example("hangzhou-2025");
    Object.assign(previous, { year: 2024, signed: "never" });
    const findingsFor = async (name: string) => {
      const file = await write(name, previous);
      const { files } = JSON.parse((await run(["validate", HANGZHOU, "--previous", file, "--json"])).stdout);
      expect(files[0].comparedWithLastYear).toBe(true);
      return files[0].findings as { id: string; level: string; message: string; cells: { pointer: string }[] }[];
    };
    const undated = await findingsFor("2024-undated.json");
    expect(undated.find(({ id }) => id === "B-PREVIOUS")).toMatchObject({ level: "information", cells: [] });
    const carried = (found: readonly { id: string; cells: { pointer: string }[] }[]) =>
      found.flatMap(({ id, cells }) => (id === "Y-CARRY" ? cells.map(({ pointer }) => pointer) : []));
    expect(carried(undated)).toContain("/requests/carriedOut/naturalPerson");
    previous["requests"].carriedOut.naturalPerson = "many";
    const broken = await findingsFor("2024-broken.json");
    expect(carried(broken)).not.toContain("/requests/carriedOut/naturalPerson");
    expect(carried(broken)).toContain("/requests/carriedOut/legalService");
    const [said] = broken.filter(({ id }) => id === "B-PREVIOUS");
    expect(said!.cells.map(({ pointer }) => pointer)).toContain("/requests/carriedOut/naturalPerson");
    expect(said!.message).toContain("四、结转下年度继续办理／自然人");
  });

  it("takes any file for last year's report that import reads", async () => {
    const previous = await example("hangzhou-2025");
    Object.assign(previous, { year: 2024, signed: "2025-01-20" });
    const file = await write("2024.json", previous);
    const page = file.replace(".json", ".html");
    expect((await run(["render", file, "-o", page])).code).toBe(0);
    const { stdout } = await run(["validate", HANGZHOU, "--previous", page, "--json"]);
    const [found] = JSON.parse(stdout).files;
    expect(found.comparedWithLastYear).toBe(true);
    expect(found.findings.map(({ id }: { id: string }) => id)).toContain("Y-CARRY");
  });

  it("says which warnings have to be explained before publication", async () => {
    const report = await example("hangzhou-2025");
    report["other"] = { body: [{ type: "paragraph", text: "无。" }] };
    const { code, stdout, stderr } = await run(["validate", await write("fee.json", report)]);
    expect(code).toBe(0);
    expect(stdout).toContain("N-FEE");
    expect(stderr).toContain("--explain N-FEE=");
  });
});

describe("nianbao render", () => {
  it("writes the PDF that the service publishes, the same bytes in every process", async () => {
    const [a, b] = await Promise.all(
      ["a.pdf", "b.pdf"].map(async (name) => {
        expect((await run(["render", LIAOCHENG, "-o", path(name)])).code).toBe(0);
        return readFile(path(name));
      }),
    );
    expect(a!.equals(b!)).toBe(true);
    const text = (await readPieces(a!)).pieces.map((p) => p.text).join("");
    expect(text).toContain("1007.25万元");
    expect(text).toContain("+19");
  });

  it("writes pages, Word files and CSV by extension, and any of them to standard output", async () => {
    for (const name of ["x.html", "x.docx", "x.ofd", "x.csv", "x.json"])
      expect((await run(["render", LIAOCHENG, "-o", path(name)])).code, name).toBe(0);
    expect(await readFile(path("x.html"), "utf8")).toContain("1007.25万元");
    for (const name of ["x.docx", "x.ofd"]) expect((await readFile(path(name))).subarray(0, 2).toString()).toBe("PK");
    expect(await readFile(path("x.csv"), "utf8")).toContain("1007.25");
    const piped = await run(["render", LIAOCHENG, "--format", "csv", "-o", "-"]);
    expect(piped.bytes.equals(await readFile(path("x.csv")))).toBe(true);
    const pdf = await run(["render", "-", "--format", "pdf", "-o", "-"], { input: await readFile(LIAOCHENG) });
    expect(pdf.bytes.subarray(0, 5).toString()).toBe("%PDF-");
    const unknown = await run(["render", LIAOCHENG, "-o", path("x.doc")]);
    expect([unknown.code, unknown.stdout]).toEqual([2, ""]);
    expect(unknown.stderr).toContain("--format");
  });

  it("refuses a report with errors and writes nothing", async () => {
    const report = await example("liaocheng-2020");
    report["organ"].uscc = "113715000000000000";
    const never = path("never.pdf");
    const { code, stderr } = await run(["render", "-", "-o", never], { input: JSON.stringify(report) });
    expect(code).toBe(1);
    expect(stderr).toContain("F-USCC");
    expect(() => readFileSync(never)).toThrow();
    expect((await run(["render", LIAOCHENG, "-o", path("no/where.pdf")])).stderr).toContain("不能写入");
  });
});

describe("nianbao extract", () => {
  it("gives back the data of a PDF, to standard output or a file", async () => {
    await run(["render", LIAOCHENG, "-o", path("extract.pdf")]);
    const { code, stdout } = await run(["extract", path("extract.pdf")]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ organ: { uscc: "11371500MB28560185" }, year: 2020 });
    expect((await run(["extract", path("extract.pdf"), "-o", path("extracted.json")])).stdout).toBe("");
    expect(await readFile(path("extracted.json"), "utf8")).toBe(stdout);
    const none = await run(["extract", LIAOCHENG]);
    expect([none.code, none.stdout]).toEqual([1, ""]);
    expect(none.stderr).toContain("不是可读的PDF");
  });
});

describe("nianbao diff", () => {
  it("finds nothing between a report and itself", async () => {
    const same = await run(["diff", HANGZHOU, HANGZHOU]);
    expect([same.code, same.stderr]).toEqual([0, "没有不同\n"]);
  });

  it("shows two years of an organ cell by cell, with the change, and texts", async () => {
    const before = await example("hangzhou-2025");
    before["year"] = 2024;
    before["signed"] = "2025-01-20";
    before["requests"].received.naturalPerson -= 612;
    before["disclosure"].fees.amount = { amount: "316440.9995", unit: "万元" };
    before["overview"].body.push({ type: "paragraph", text: "另有一段。" });
    const file = await write("before.json", before);
    const { code, stdout } = await run(["diff", file, HANGZHOU]);
    expect(code).toBe(1);
    expect(stdout).toContain("杭州市人民政府 2024 → 杭州市人民政府 2025");
    expect(stdout).toContain("表三“一、本年新收政府信息公开申请数量／自然人”  13000 → 13612  +612  +4.7%");
    expect(stdout).toContain("316440.9995万元 → 316441万元  +0.0005万元  0%");
    expect(stdout).toContain("  - 另有一段。");
    const back = await run(["diff", HANGZHOU, file, "--figures", "--json"]);
    const { same, differences } = JSON.parse(back.stdout);
    expect(same).toBe(false);
    expect(differences).toHaveLength(2);
    expect(differences[1]).toEqual({
      pointer: "/requests/received/naturalPerson",
      label: "表三“一、本年新收政府信息公开申请数量／自然人”",
      before: "13612",
      after: "13000",
      change: "-612",
      percent: "-4.5%",
    });
  });

  it("compares the editions cell by cell, and refuses what is no report", async () => {
    const { code, stdout } = await run(["diff", LIAOCHENG, "-", "--figures"], { input: await readFile(HANGZHOU) });
    expect(code).toBe(1);
    expect(stdout).toContain("表二“规章／对外公开总数量”  0 → —");
    const none = await run(["diff", "-", HANGZHOU], { input: "[]" });
    expect([none.code, none.stdout]).toEqual([2, ""]);
  });
});

describe("nianbao schema and rules", () => {
  it("prints the schema that is published, and the rules of each edition", async () => {
    const published = JSON.parse(await readFile(at("schemas/report-2021.schema.json"), "utf8"));
    expect(JSON.parse((await run(["schema"])).stdout)).toEqual(published);
    expect((await run(["schema", "--list"])).stdout).toMatch(/^2019 {2}2019–2020 .*\n2021 {2}2021– /);
    expect((await run(["schema", "1999"])).code).toBe(2);
    const { stdout } = await run(["rules"]);
    expect(stdout).toMatch(/T3-BALANCE +错误 {2}表三每列：一＋二＝三（七）总计＋四\n/);
    const rules = JSON.parse((await run(["rules", "2019", "--json"])).stdout);
    expect(rules.map((r: { id: string }) => r.id)).toEqual(expect.arrayContaining(["T2-DELTA", "F-YEAR", "F-NAME"]));
  });
});

describe("nianbao completion", () => {
  /** What bash would offer. */
  const offered = (line: string): string[] => {
    const script = `
      mkdir -p bin && printf '#!/bin/sh\\nexec "${process.execPath}" "${at("bin/nianbao.mjs")}" "$@"\\n' > bin/nianbao && chmod +x bin/nianbao
      export PATH="$PWD/bin:$PATH"
      eval "$(nianbao completion bash)"
      COMP_LINE=$1; COMP_POINT=\${#1}; read -ra COMP_WORDS <<<"$1"
      [[ $1 == *" " ]] && COMP_WORDS+=("")
      COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
      _nianbao_completion
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", script, "bash", line], { encoding: "utf8", cwd: directory });
    expect(stderr).toBe("");
    return stdout.split("\n").filter(Boolean);
  };

  it("completes commands, options and their values in bash, and leaves files to it", () => {
    expect(offered("nianbao re")).toEqual(["render", "redact", "reindex", "restore"]);
    expect(offered("nianbao help su")).toEqual(["submit"]);
    expect(offered("nianbao validate --")).toEqual(["--previous", "--json", "--help"]);
    expect(offered("nianbao render report.json --format ")).toEqual(["pdf", "docx", "html", "json", "csv", "ofd"]);
    expect(offered("nianbao render report.json --format h")).toEqual(["html"]);
    expect(offered("nianbao completion ")).toEqual(["bash", "zsh", "fish"]);
    expect(offered("nianbao validate ")).toEqual([]);
  });

  it("has scripts for zsh and fish", async () => {
    expect((await run(["completion", "zsh"])).stdout).toContain("#compdef nianbao");
    expect((await run(["completion", "fish"])).stdout).toContain("complete -f -d 'nianbao' -c nianbao");
    expect((await run(["completion", "ksh"])).code).toBe(2);
  });
});
