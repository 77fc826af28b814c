/** A format is a folder and one line; an import reader is a file and one line: made-up ones go the whole way. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type * as RenderCommand from "../../cli/commands/render.ts";
import type * as OpenApi from "../../functions/openapi.ts";
import type { Report } from "../../generated/report.ts";
import type * as BatchCheck from "../../src/batch/check.ts";
import type * as BatchSettings from "../../src/batch/settings.ts";
import type * as BatchWalk from "../../src/batch/walk.ts";
import type * as Filing from "../../src/filing/file.ts";
import type * as Fonts from "../../src/fonts/fonts.ts";
import type * as Import from "../../src/import/import.ts";
import type * as View from "../../src/portal/view.ts";
import type * as Words from "../../src/portal/words.ts";
import type * as Records from "../../src/publish/record.ts";
import { openWorkspace, type Workspace } from "../support/made-up/workspace.ts";
import type * as Stores from "../support/memory-store.ts";
import { example } from "../support/service.ts";

/** The one line of the format. */
const LINE = `  {
    name: "mkd",
    mediaTypes: ["text/markdown"],
    label: { zh: "Markdown", en: "Markdown" },
    title: { zh: "Markdown", en: "Markdown" },
    kind: "document",
    binary: false,
    written: true,
    published: true,
    imported: true,
  },
`;
/** Its folder. */
const WRITE = `
const hashes = (block) => "#".repeat(block.level + 1);
const lines = (block) => {
  switch (block.kind) {
    case "title": return ["# " + block.lines.join(" ")];
    case "heading": return [hashes(block) + " " + block.number + block.text];
    case "paragraph": return [block.text];
    case "signature": return [block.organ, block.date];
    case "table":
      return block.parts.flatMap(({ head, body }) =>
        [...head, ...body].map(({ cells }) => "| " + cells.map(({ text }) => text).join(" | ") + " |"));
  }
};
export const write = ({ blocks }) => new TextEncoder().encode(blocks.flatMap(lines).join("\\n\\n"));
`;
/** A reader of Markdown that begins with a mark of its own. */
const READER = `
export const readMd = (bytes, { labels }) => ({
  format: "mkd",
  items: new TextDecoder().decode(bytes).split("\\n").slice(1).filter((line) => line !== "")
    .map((text) => ({ kind: "text", text, ...(labels.isTitle(text) ? { level: 2 } : {}) })),
});
`;
const READER_LINE = `  {
    kind: "mkd",
    claims: (bytes) => new TextDecoder().decode(bytes.subarray(0, 9)) === "%MADE-UP%",
    load: async () => (await import("./mkd.ts")).readMd,
  },
`;

let copy: Workspace;
let report: Report;

const put = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(copy.root, path)), { recursive: true });
  await writeFile(join(copy.root, path), text);
};
/** Puts a line into a list of the copy, before the line that it begins with. */
async function register(path: string, before: string, line: string): Promise<void> {
  const text = await readFile(join(copy.root, path), "utf8");
  expect(text.split(before)).toHaveLength(2);
  await writeFile(
    join(copy.root, path),
    text.replace(before, () => line + before),
  );
}

beforeAll(async () => {
  copy = await openWorkspace();
  await put("src/formats/mkd/write.ts", WRITE);
  await register("src/formats/registry.ts", '  {\n    name: "docx",', LINE);
  await put("src/import/readers/mkd.ts", READER);
  await register("src/import/readers/registry.ts", '  { kind: "text",', READER_LINE);
  report = (await example("hangzhou-2025")) as unknown as Report;
}, 60_000);
afterAll(() => copy.close());

const fonts = async (): Promise<Fonts.Fonts> =>
  (await copy.load<typeof Fonts>("src/fonts/fonts.ts")).openFonts(`${copy.root}/dist/fonts`);

describe("a made-up format", () => {
  it("is offered and written by nianbao render", async () => {
    const { renderCommand } = await copy.load<typeof RenderCommand>("cli/commands/render.ts");
    const command = renderCommand();
    expect(command.options.find(({ long }) => long === "--format")?.argChoices).toContain("mkd");
    const out = join(copy.root, "report.mkd");
    vi.stubEnv("FONTS", join(copy.root, "dist/fonts"));
    await command.parseAsync([join(copy.root, "examples/hangzhou-2025.json"), "-o", out], { from: "user" });
    vi.unstubAllEnvs();
    const text = await readFile(out, "utf8");
    expect(text).toMatch(/^# 杭州市人民政府/);
    expect(text).toContain("## 一、总体情况");
    expect(text).toContain(report.overview.body[0]!.text);
  });

  it("is rendered and found by a batch", async () => {
    const { checkFile } = await copy.load<typeof BatchCheck>("src/batch/check.ts");
    const { IMPORTED, RENDERED } = await copy.load<typeof BatchSettings>("src/batch/settings.ts");
    const { walk } = await copy.load<typeof BatchWalk>("src/batch/walk.ts");
    expect(RENDERED.map(({ name }) => name)).toContain("mkd");
    await put(`out/files/a.json/${IMPORTED}`, JSON.stringify(report));
    const { line, files } = await checkFile(
      { step: "check", id: "files/a.json", key: "k", lossy: false, previous: [] },
      {
        program: "test",
        fonts: "",
        fontSet: "",
        out: join(copy.root, "out"),
        render: ["mkd"],
        faces: await fonts(),
      },
    );
    expect(line).toMatchObject({ outputs: [{ name: "report.mkd" }] });
    const written = files.find(({ name }) => name === "report.mkd")?.bytes;
    expect(new TextDecoder().decode(written)).toContain("## 一、总体情况");
    await put("in/一.mkd", "x");
    await put("in/二.jpg", "x");
    expect((await walk(join(copy.root, "in"))).files).toEqual(["一.mkd"]);
  });

  it("is a file of a published version: in its receipt, at its address, on its pages", async () => {
    const { file } = await copy.load<typeof Filing>("src/filing/file.ts");
    const { receiptOf } = await copy.load<typeof Records>("src/publish/record.ts");
    const { MemoryStore } = await copy.load<typeof Stores>("tests/support/memory-store.ts");
    const store = new MemoryStore();
    const { published, unexplained, findings } = await file(
      { kind: "original" },
      report,
      { filedBy: { issuer: "https://issuer.example", subject: "s" } },
      { store, fonts: await fonts(), now: () => new Date("2026-01-27T08:00:00Z"), program: "test" },
    );
    expect([unexplained, findings.filter(({ level }) => level === "error")]).toEqual([[], []]);
    const place = `${report.organ.uscc}/${report.year}`;
    const { artefacts } = receiptOf(published!.record, { publicUrl: "https://example.org" });
    expect(artefacts.find(({ name }) => String(name) === "report.mkd")).toMatchObject({
      contentType: "text/markdown; charset=utf-8",
      url: `https://example.org/${place}/v1/report.mkd`,
      latestUrl: `https://example.org/${place}/report.mkd`,
    });
    const stored = await store.get(`published/${place}/v1/report.mkd`);
    expect(new TextDecoder().decode(stored?.body)).toContain("## 一、总体情况");
    expect(stored?.headers.contentType).toBe("text/markdown; charset=utf-8");
    const pageAt = async (path: string): Promise<string> =>
      new TextDecoder().decode((await store.get(`published/${place}/${path}`))?.body);
    expect(await pageAt("index.html")).toContain('<a href="v1/report.mkd">Markdown</a>');
    expect(await pageAt("report.html")).toContain('<a href="report.mkd">Markdown</a>');
    expect(await pageAt("SHA256SUMS")).toContain("  report.mkd\n");
  });

  it("is among the downloads of the reading pages", async () => {
    const { downloads } = await copy.load<typeof Words>("src/portal/words.ts");
    const view = { t: (zh: string) => zh, file: (path: string) => path } as unknown as View.View;
    expect(
      String(
        await downloads(view, {
          uscc: report.organ.uscc,
          year: 2025,
          status: "current",
          formats: ["pdf", "mkd" as "pdf"],
        }),
      ),
    ).toContain(`<a href="${report.organ.uscc}/2025/report.mkd" type="text/markdown">Markdown`);
  });

  it("is in the service's description, as what is imported and as what an account says", async () => {
    const { openApi } = await copy.load<typeof OpenApi>("functions/openapi.ts");
    const { paths, components } = JSON.parse(JSON.stringify(openApi("https://example.org")));
    expect(Object.keys(paths["/imports"].post.requestBody.content)).toContain("text/markdown");
    expect(components.schemas.Account.properties.format.enum).toContain("mkd");
  });
});

describe("a made-up import reader", () => {
  const made = new TextEncoder().encode(
    "%MADE-UP%\n杭州市人民政府\n2025年政府信息公开工作年度报告\n一、总体情况\n本年度照常开展各项工作。\n",
  );

  it("is asked by content before all others, and is handed the form's labels", async () => {
    const { importReport } = await copy.load<typeof Import>("src/import/import.ts");
    const { report: imported, account } = await importReport(made, { name: "年报.pdf" });
    expect(account.format).toBe("mkd");
    expect(imported).toMatchObject({ year: 2025, overview: { body: [{ text: "本年度照常开展各项工作。" }] } });
  });

  it("may be handed in with other labels in place of the form's", async () => {
    const { importReport } = await import("../../src/import/import.ts");
    const { READERS } = await import("../../src/import/readers/registry.ts");
    const { labelsOf } = await import("../../src/form/label-index.ts");
    const labels = labelsOf([]);
    const handed: unknown[] = [];
    const reader = {
      kind: "made-up",
      claims: (bytes: Uint8Array) => bytes[0] === 0x25 && bytes[1] === 0x4d,
      load: async () => (_: Uint8Array, options: { readonly labels: unknown }) => {
        handed.push(options.labels);
        return { format: "txt" as const, items: [{ kind: "text" as const, text: "一、总体情况" }] };
      },
    };
    const { account } = await importReport(made, {}, { readers: [...READERS, reader], labels });
    expect([account.format, handed]).toEqual(["txt", [labels]]);
  });
});
