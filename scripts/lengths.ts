/**
 * Holds the lengths of source: a function of at most 70 lines, signature and braces included, a file of at most 300.
 * Tests and data are left out. Exits with 1 where something is longer, or where something is listed that no longer is.
 */
import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const MOST_OF_FUNCTION = 70;
const MOST_OF_FILE = 300;
const SOURCES = "{src,functions,server,local,cli,web,scripts,infra}/**/*.{ts,tsx,mjs}";

/** What is still longer: to be split, and struck out here. */
const STILL_LONGER: readonly string[] = [
  "web/filing/app.tsx#FormView",
  "web/filing/flow/confirm.tsx#Confirm",
  "web/filing/flow/draft-list.tsx#DraftList",
  "web/filing/flow/entry.tsx#Choices",
  "web/filing/flow/entry.tsx#Entry",
  "web/filing/flow/import-button.tsx#ImportButton",
  "web/filing/flow/import-view.tsx",
  "web/filing/flow/import-view.tsx#ImportView",
  "web/filing/flow/messages.ts",
  "web/filing/flow/receipt.tsx#ReceiptView",
  "web/filing/flow/review.tsx#Review",
  "web/filing/narrative/editor.tsx#Editor",
  "web/filing/narrative/editor.tsx#ItemRow",
  "web/filing/steps.tsx#TableStep",
];

/** What is too long in a file, by `path` or `path#function`, with its lines. */
function longIn(path: string, text: string): [name: string, lines: number][] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  const found: [string, number][] = [];
  if (lineOf(source.end) > MOST_OF_FILE) found.push([path, lineOf(source.end)]);
  const visit = (node: ts.Node): void => {
    const lines = lineOf(node.end) - lineOf(node.getStart()) + 1;
    if (ts.isFunctionLike(node) && "body" in node && lines > MOST_OF_FUNCTION)
      found.push([`${path}#${node.name?.getText() ?? "anonymous"}`, lines]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const paths: string[] = [];
for await (const path of glob(SOURCES, { cwd: root })) paths.push(path);
const long = paths.sort().flatMap((path) => longIn(path, readFileSync(`${root}/${path}`, "utf8")));
const names = new Set(long.map(([name]) => name));
const wrong = [
  ...long.filter(([name]) => !STILL_LONGER.includes(name)).map(([name, lines]) => `${name}: ${lines} lines`),
  ...STILL_LONGER.filter((name) => !names.has(name)).map(
    (name) => `${name}: short enough, strike it out of STILL_LONGER`,
  ),
];
for (const line of wrong) console.error(line);
process.exitCode = wrong.length > 0 ? 1 : 0;
