/** Elements that close themselves. */
const VOID = new Set(["meta", "br", "link", "hr", "img", "wbr"]);

/** Faults of a page: elements that are not closed in order, tables without caption, cells without a header's scope. */
export function checked(html: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  for (const [tag, close, name = ""] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (VOID.has(name)) continue;
    if (!close) open.push(name);
    else if (open.pop() !== name) faults.push(`out of order: ${tag}`);
  }
  faults.push(...open.map((name) => `not closed: ${name}`));
  if (!html.startsWith('<!doctype html>\n<html lang="zh-CN">')) faults.push("no doctype or language");
  if ((html.match(/<h1[ >]/g) ?? []).length !== 1) faults.push("not one h1");
  for (const [table] of html.matchAll(/<table>[\s\S]*?<\/table>/g)) {
    if (!/<table><caption>[^<]+<\/caption>/.test(table)) faults.push("a table without caption");
    for (const [th] of table.matchAll(/<th(?: [^>]*)?>/g)) if (!th.includes("scope=")) faults.push(`no scope: ${th}`);
  }
  return faults;
}
