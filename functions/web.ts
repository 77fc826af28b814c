import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Hono } from "hono";
import type { AppOptions } from "./options.ts";

/** What the pages need of their service. */
export interface WebOptions extends Pick<AppOptions, "publicUrl" | "signInOrigins"> {
  readonly fonts: Pick<AppOptions["fonts"], "coverageFile">;
  readonly filing: Pick<AppOptions["filing"], "issuer">;
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  woff2: "font/woff2",
  wasm: "application/wasm",
};
/** A file whose name has the hash of its content, as the build gives it. */
const HASHED = /-[A-Z0-9]{8}\.\w+$/;

/** Whether a client takes gzip: named, or by an asterisk, and not with a weight of 0 (RFC 9110, 12.5.3). */
export function takesGzip(accepted: string | undefined): boolean {
  const weights = new Map(
    (accepted ?? "").split(",").map((part): [string, number] => {
      const [coding = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
      const weight = parameters.find((text) => text.startsWith("q="));
      return [coding, weight === undefined ? 1 : Number(weight.slice(2))];
    }),
  );
  return (weights.get("gzip") ?? weights.get("x-gzip") ?? weights.get("*") ?? 0) > 0;
}

const originOf = (url: string): string => new URL(url).origin;

/** Nothing inline, nothing evaluated, nobody else's script (CSP 3). Previews are shown from blobs. */
const policy = ({ publicUrl, filing, signInOrigins = [] }: WebOptions): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "worker-src 'self' blob:",
    "frame-src 'self' blob:",
    "object-src 'self' blob:",
    `connect-src ${[...new Set(["'self'", ...[publicUrl, filing.issuer, ...signInOrigins].map(originOf)])].join(" ")}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** The built pages by path, each with its compressed twin. */
function filesOf(directory: string): ReadonlyMap<string, { readonly bytes: Uint8Array; readonly gzip?: Uint8Array }> {
  let names: string[] = [];
  try {
    names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const known = names.filter((name) => /\.\w+$/.test(name) && !name.endsWith(".gz"));
  return new Map(
    known.map((name) => {
      const bytes = readFileSync(`${directory}/${name}`);
      const twin = names.includes(`${name}.gz`) ? { gzip: readFileSync(`${directory}/${name}.gz`) } : {};
      return [name.replaceAll("\\", "/"), { bytes, ...twin }];
    }),
  );
}

interface Bytes {
  readonly bytes: Uint8Array;
  readonly gzip?: Uint8Array;
}

/** The pages that people sign in at: each a folder beside the bundle, mounted under its name. */
type PageName = "filing" | "desk";

const built = (name: PageName): string => fileURLToPath(new URL(`./web/${name}`, import.meta.url));

/** How a file of the pages is answered. */
function answering(options: WebOptions) {
  const csp = policy(options);

  const headersOf = (name: string): Record<string, string> => ({
    "content-type": TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream",
    "cache-control": HASHED.test(name) ? "public, max-age=31536000, immutable" : "no-cache",
    "content-security-policy": csp,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    vary: "accept-encoding",
  });
  return (accepted: string | undefined, name: string, { bytes, gzip }: Bytes): Response =>
    gzip && takesGzip(accepted)
      ? new Response(new Uint8Array(gzip), { headers: { ...headersOf(name), "content-encoding": "gzip" } })
      : new Response(new Uint8Array(bytes), { headers: headersOf(name) });
}

/** A page as the build left it beside the bundle. To be mounted at `/NAME`. */
export function builtPage(options: WebOptions, page: PageName, directory: string = built(page)): Hono {
  const pages = new Hono();
  const answer = answering(options);
  let files: ReturnType<typeof filesOf> | undefined;
  pages.get("/*", async (c, next) => {
    files ??= filesOf(directory);
    const root = `/${page}/`;
    const at = c.req.path.indexOf(root);
    if (at < 0) return c.redirect(root, 308);
    const name = c.req.path.slice(at + root.length) || "index.html";
    const file = files.get(name);
    return file ? answer(c.req.header("accept-encoding"), name, file) : next();
  });
  return pages;
}

/** The filing page, and what the fonts cover. To be mounted at `/filing`. */
export function filingPages(options: WebOptions, directory?: string): Hono {
  const pages = new Hono();
  const answer = answering(options);
  let coverage: Bytes | undefined;
  pages.get("/coverage.json", (c) => {
    if (!coverage) {
      const bytes = Buffer.from(JSON.stringify(options.fonts.coverageFile()));
      coverage = { bytes, gzip: gzipSync(bytes, { level: 9 }) };
    }
    return answer(c.req.header("accept-encoding"), "coverage.json", coverage);
  });
  pages.route("/", builtPage(options, "filing", directory));
  return pages;
}
