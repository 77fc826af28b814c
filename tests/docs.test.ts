/** The documentation, as far as it can be held against the code: links, paths, commands, and the tests that are cited. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const pages = ["README.md", "CONTRIBUTING.md", ...globSync("docs/**/*.md", { cwd: root }).sort()];
const withoutBlocks = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, "");

/** A heading's name in an address, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
    .replaceAll(" ", "-");
const anchorsOf = (page: string): readonly string[] =>
  [...withoutBlocks(read(page)).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading!));

describe.each(pages)("%s", (page) => {
  const text = withoutBlocks(read(page));

  it("leads to what is there", () => {
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path = "", anchor] = target!.split("#");
      const file = path === "" ? page : normalize(join(dirname(page), decodeURIComponent(path)));
      expect(existsSync(join(root, file)), target).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(file), target).toContain(anchor);
    }
  });

  it("names files and folders that are there", () => {
    const path =
      /`((?:src|functions|server|local|cli|web|infra|scripts|tests|schemas|docs|bench|fonts|examples)\/[\w./*-]*)`/g;
    for (const [, named] of text.matchAll(path)) {
      const glob = named!.replace(/\/$/, "").replace("EDITION", "*");
      expect(globSync([glob, `tests/${glob}`], { cwd: root }), named).not.toEqual([]);
    }
  });

  it("names commands of npm that there are", () => {
    const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: Readonly<Record<string, string>> };
    for (const [, script] of read(page).matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g))
      expect(Object.keys(scripts), script).toContain(script);
  });
});

describe("docs/SECURITY.md", () => {
  const tests = globSync("tests/**/*.test.ts", { cwd: root });
  /** The file of a test that is cited: by its path in tests/, or by an end of it that no other has. */
  const fileOf = (cited: string): string => {
    if (tests.includes(`tests/${cited}`)) return `tests/${cited}`;
    const found = tests.filter((path) => `/${path}`.endsWith(`/${cited}`));
    expect(found, cited).toHaveLength(1);
    return found[0]!;
  };

  it("cites tests that are there, by their titles", () => {
    let titles = 0;
    for (const line of read("docs/SECURITY.md").split("\n")) {
      let file: string | undefined;
      for (const [, cited, title] of line.matchAll(/`([\w/.-]+\.test\.ts)`|“([^”]+)”/g)) {
        if (cited !== undefined) file = fileOf(cited);
        else if (file !== undefined) {
          const source = read(file);
          for (const part of title!.split("…").map((text) => text.trim()))
            expect(source, `${file}: ${title}`).toContain(part);
          titles += 1;
        }
      }
    }
    expect(titles).toBeGreaterThan(60);
  });
});

describe("docs/ARCHITECTURE.md", () => {
  it("lists the folders in the order that dependency-cruiser holds", async () => {
    const [, list = ""] = /const ORDER = \[([^\]]*)\]/.exec(read(".dependency-cruiser.mjs")) ?? [];
    const order = [...list.matchAll(/"([^"]+)"/g)].map(([, folder]) => folder);
    const rows = [...read("docs/ARCHITECTURE.md").matchAll(/^\| `([a-z]+(?:\/[a-z]+)?)\/?` \|/gm)];
    expect(rows.map(([, folder]) => folder).filter((folder) => folder !== "schemas")).toEqual(order);
  });
});
