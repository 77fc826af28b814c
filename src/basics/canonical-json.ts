import canonicalize from "canonicalize";

/** JSON in its canonical form (RFC 8785): the same content, the same bytes. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("not a JSON value");
  return text;
}
