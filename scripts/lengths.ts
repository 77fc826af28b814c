/**
 * Holds the lengths of source: a function of at most 70 lines, signature and braces included, a file of at most 300.
 * Tests and data are left out. Exits with 1 where something is longer.
 */
import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const MOST_OF_FUNCTION = 70;
const MOST_OF_FILE = 300;
const SOURCES = "{src,functions,server,local,cli,web,scripts,infra}/**/*.{ts,tsx,mjs}";

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
for (const [name, lines] of long) console.error(`${name}: ${lines} lines`);
process.exitCode = long.length > 0 ? 1 : 0;
