/**
 * What holds for every page whatever it says of itself, as a header. Each has a stricter policy of its own in a `meta` (a
 * style sheet by its hash, which changes with the edition of the page and not with who serves it); framing can be
 * forbidden in a header alone. Not for PDFs: in some browsers a viewer is a page too.
 */
export const PAGE_POLICY = [
  "script-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");
