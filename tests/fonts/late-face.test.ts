/** A face that is still being prepared: `npm start` begins without the rare characters, and nobody gets other pages for it. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { announceFace } from "../../scripts/face.ts";
import { type Fonts, openFonts } from "../../src/fonts/fonts.ts";
import { laterOf } from "../../src/fonts/late-face.ts";
import { example } from "../support/service.ts";
import { typeset } from "../support/written.ts";

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const whole = openFonts(at("dist/fonts"));
const directory = mkdtempSync(join(tmpdir(), "nianbao-late-"));
const rare = join(directory, "rare.face");
const RARE = "吉祥写作𠮷祥，另有𪚥、𫠆各一人。";

async function withText(text: string): Promise<Report> {
  const report = await example("hangzhou-2025");
  report["other"].body = [{ type: "paragraph", text }];
  return report as unknown as Report;
}

/** Puts the face in its place from another process, as the launcher's does, once this one waits for it. */
function placeSoon(): void {
  const program = `setTimeout(() => {
    fs.symlinkSync(${JSON.stringify(at("dist/fonts/rare.face"))}, ${JSON.stringify(rare)});
    fs.rmSync(${JSON.stringify(laterOf(rare))});
  }, 200)`;
  spawn(process.execPath, ["--eval", program], { stdio: "inherit" });
}

let late: Fonts;
beforeAll(() => {
  for (const name of readdirSync(at("dist/fonts")).filter((file) => !file.startsWith("rare.face")))
    symlinkSync(at(`dist/fonts/${name}`), join(directory, name));
  announceFace({ source: at("fonts/rare.woff2"), target: rare, name: "Nianbao-Rare", grid: 2 });
  late = openFonts(directory);
});
afterAll(() => rmSync(directory, { recursive: true }));

describe("a face that is not there yet", () => {
  it("covers what it will cover, so that checks find the same", () => {
    expect(existsSync(rare)).toBe(false);
    expect(late.coverageFile()).toEqual(whole.coverageFile());
    expect(late.missing("𠮷祥\u{e0100}")).toEqual(["\u{e0100}"]);
    expect(late.fallbacks("𠮷祥")).toEqual([{ character: "𠮷", face: "rare" }]);
  });

  it("is waited for by no page without its characters", async () => {
    const report = await withText("没有生僻字。");
    expect(await typeset(report, late)).toEqual(await typeset(report, whole));
    expect(existsSync(rare)).toBe(false);
  });

  it("is waited for by a page that has one, which gets the same bytes", async () => {
    const report = await withText(RARE);
    placeSoon();
    expect(await typeset(report, late)).toEqual(await typeset(report, whole));
  });

  it("is an opened face like others once it was prepared", () => {
    expect(existsSync(laterOf(rare))).toBe(false);
    expect(openFonts(directory).faces.rare.header).toEqual(whole.faces.rare.header);
  });

  it("is said not to be there when nobody prepares it any more", () => {
    rmSync(rare);
    announceFace({ source: at("fonts/rare.woff2"), target: rare, name: "Nianbao-Rare", grid: 2 });
    const given = openFonts(directory);
    rmSync(laterOf(rare));
    expect(() => given.faces.rare.advance("𠮷".codePointAt(0)!)).toThrow("npm run build");
  });
});
