import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { startTestLocal, type TestLocal } from "../local.ts";

/** What `npm start` runs, with a page that has the parts around the form in the place of the filing page. */
export interface FilingServer extends TestLocal {
  /** How long the tokens that are made now hold, seconds. */
  expiresIn: number;
  /** Answers 401 to every submission, whoever signed in. */
  refuseTokens: boolean;
}

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>年报填报</title>
<link rel="stylesheet" href="/filing/page.css">
<link rel="stylesheet" href="/filing/flow.css">
<link rel="icon" href="data:,">
<script type="module" src="/filing/harness.js"></script>
</head>
<body></body>
</html>`;
const STYLE = `:root{color-scheme:light dark;--accent:#a4161a;--line:#767676}
@media (prefers-color-scheme:dark){:root{--accent:#ff8a80;--line:#8c8c8c}}
body{margin:0;background:Canvas;color:CanvasText;font:1.0625rem/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif}
header{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;padding:.5rem 1rem;border-bottom:2px solid var(--accent)}
h1{font-size:1.2rem;margin:0}
main{max-width:75rem;margin:0 auto;padding:1rem}
.beside{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
.fields input{width:100%;box-sizing:border-box;font:inherit}
@media(max-width:50rem){.beside{grid-template-columns:1fr}}`;
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; frame-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const UNAUTHORIZED = { type: "about:blank", status: 401, title: "需要登录", titleEn: "Sign in" };

/** @param clerk the claims of the one who files */
export async function startFiling(clerk: Readonly<Record<string, unknown>>): Promise<FilingServer> {
  const bundle = await build({
    entryPoints: [at("tests/support/filing/harness.tsx")],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    mainFields: ["module", "main"],
    jsx: "automatic",
    jsxImportSource: "preact",
  });
  const files: Readonly<Record<string, { readonly type: string; readonly body: string }>> = {
    "/filing/": { type: "text/html", body: PAGE },
    "/filing/page.css": { type: "text/css", body: STYLE },
    "/filing/flow.css": { type: "text/css", body: await readFile(at("web/filing/flow/flow.css"), "utf8") },
    "/filing/harness.js": { type: "text/javascript", body: bundle.outputFiles[0]!.text },
  };
  const settings = { expiresIn: 3600, refuseTokens: false };
  const local = await startTestLocal({
    issuer: { users: { clerk: { name: "王经办", says: "填报", claims: clerk } }, life: () => settings.expiresIn },
    first: ({ method, url }) => {
      const { pathname } = new URL(url);
      const file = files[pathname];
      if (file)
        return new Response(file.body, {
          headers: { "content-type": `${file.type}; charset=utf-8`, "content-security-policy": POLICY },
        });
      if (settings.refuseTokens && method === "POST" && pathname === "/reports")
        return Response.json(UNAUTHORIZED, { status: 401, headers: { "content-type": "application/problem+json" } });
      return undefined;
    },
  });
  return Object.assign(settings, local);
}
