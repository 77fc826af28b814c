/** Every loader that was ever published, by its hash: pages are kept as they are, and so must be what they run. */
export const LOADERS: readonly string[] = ["'sha256-4ktbHDGdreuNw2AwJD9XVIH7xrWXeq+rFUYU3vuMiXs='"];

/**
 * What holds for every page whatever it says of itself, as a header. Each has a stricter policy of its own in a `meta` (a
 * style sheet by its hash, which changes with the edition of the page and not with who serves it); framing can be
 * forbidden in a header alone. Not for PDFs: in some browsers a viewer is a page too.
 */
const policy = (ancestors: string): string =>
  [
    `script-src 'self' ${LOADERS.join(" ")}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
  ].join("; ");

export const PAGE_POLICY = policy("'none'");
/** Of the pages that show one chart or table in the pages of others: they have nothing that could be clicked on unawares. */
export const EMBEDDED_POLICY = policy("*");

/** The pages that may be framed, by their path under the public root. */
export const EMBEDDED_PAGES: readonly string[] = ["embed.html", "embed.en.html"];
