import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { at, openShell } from "../support/command.ts";
import { example } from "../support/service.ts";

const { path, write, run } = await openShell();
const page = (name: string) => at(`tests/fixtures/cases/${name}.tables.html`);
const TABLES = ["disclosure", "requests", "remedies"];
const tablesOf = (report: Record<string, unknown>) => Object.fromEntries(TABLES.map((key) => [key, report[key]]));

describe("nianbao import", () => {
  it("writes the report to standard output and the account to standard error", async () => {
    const { code, stdout, stderr } = await run(["import", page("hangzhou-2025")]);
    // The published page has the tables alone: no narrative, no date.
    expect(code).toBe(1);
    expect(tablesOf(JSON.parse(stdout))).toEqual(tablesOf(await example("hangzhou-2025")));
    expect(stderr).toContain("文件：HTML");
    expect(stderr).toContain("数据200格");
    expect(stderr).toContain("I-SIGNED");
    expect(stderr).not.toContain("表三“一、本年新收政府信息公开申请数量／自然人”  “");
    const every = await run(["import", page("hangzhou-2025"), "--every"], { env: { NIANBAO_LANG: "en" } });
    expect(every.stderr).toMatch(/New requests this year.*“13612” → 13612/);
  });

  it("names the one cell that the Liaocheng page lacks in section 四", async () => {
    const account = path("account.json");
    const { stdout, stderr } = await run(["import", "-", "--account", account], {
      input: await readFile(page("liaocheng-2020")),
    });
    expect(stderr).toBe("");
    expect(tablesOf(JSON.parse(stdout))).toEqual(tablesOf(await example("liaocheng-2020")));
    const { findings, cells } = JSON.parse(await readFile(account, "utf8"));
    const missing = findings.filter((f: { id: string }) => f.id === "I-MISSING");
    expect(missing).toHaveLength(1);
    expect(missing[0].message).toContain("只有14格，应有15格");
    expect(cells).toHaveLength(198);
  });

  it.each(["json", "csv", "html", "docx", "pdf", "ofd"])(
    "gives back from %s what render wrote, exactly",
    async (format) => {
      const file = path(`round.${format}`);
      const source = at("examples/hangzhou-2025.json");
      expect((await run(["render", source, "-o", file])).code).toBe(0);
      const { code, stdout, stderr } = await run(["import", file, "--check", "--uscc", "11330100002489015P"]);
      expect(code, stderr).toBe(0);
      expect(JSON.parse(stdout)).toEqual(JSON.parse(await readFile(source, "utf8")));
      expect(stderr).toContain("通过校验");
    },
  );

  it("tells of a file without a report in a page of text, not cell by cell", async () => {
    const { code, stderr } = await run(["import", "-"], { input: Buffer.from("今天开会。\n") });
    expect(code).toBe(1);
    expect(stderr).toContain("数据200格：缺这一格200格");
    expect(stderr).toContain("错误 I-TITLE：这个文件里没有年度报告");
    expect(stderr).toMatch(/还有\d{3}格/);
    expect(stderr.split("\n").length).toBeLessThan(60);
  });

  it("shows what a file has for a terminal, and does none of it", async () => {
    const html = (await readFile(page("hangzhou-2025"), "utf8")).replace(">13612<", ">13612\u001b[2J<");
    const { stderr } = await run(["import", "-"], { input: Buffer.from(html) });
    expect(stderr).toContain("\\u{001b}[2J");
    expect(stderr).not.toContain("\u001b");
  });

  it("takes from the one who imports what the file does not say", async () => {
    const told = [
      "--uscc",
      "11330100002489015P",
      "--organ",
      "某市人民政府",
      "--year",
      "2024",
      "--signed",
      "2025-01-20",
    ];
    const { stdout } = await run(["import", page("hangzhou-2025"), ...told]);
    expect(JSON.parse(stdout)).toMatchObject({
      organ: { uscc: "11330100002489015P", name: "某市人民政府" },
      year: 2024,
      signed: "2025-01-20",
    });
    expect((await run(["import", page("hangzhou-2025"), "--signed", "2025-02-30"])).code).toBe(2);
  });

  it("ends with 1 on errors of the report when it is checked, with 2 when a file cannot be read", async () => {
    const report = await example("hangzhou-2025");
    report["requests"].received.naturalPerson += 1;
    const file = await write("unsound.json", report);
    expect((await run(["import", file])).code).toBe(0);
    const checked = await run(["import", file, "--check", "-o", path("out.json")]);
    expect([checked.code, checked.stdout]).toEqual([1, ""]);
    expect(checked.stderr).toContain("T3-BALANCE");
    expect(JSON.parse(await readFile(path("out.json"), "utf8"))).toEqual(report);
    // Word 97: an OLE compound file.
    const old = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(1024)]);
    const unread = await run(["import", await write("old.doc", old)]);
    expect([unread.code, unread.stdout]).toEqual([2, ""]);
    expect(unread.stderr).toMatch(/^错误：.*docx/);
  });
});
