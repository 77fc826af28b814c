/** The environment that a deployment is configured by. */

/** @throws when it is missing or empty */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`缺少环境变量 ${name} · the environment variable ${name} is missing`);
  return value;
}

export const wrong = (name: string, zh: string, en: string): Error =>
  new Error(`环境变量 ${name} ${zh} · the environment variable ${name} ${en}`);

/** One of a few values, or the first. @throws when it is another */
export function oneOf<T extends string>(name: string, values: readonly T[]): T {
  const value = process.env[name] || values[0];
  const known = values.find((v) => v === value);
  if (known === undefined) throw wrong(name, `应为${values.join("、")}之一`, `must be one of ${values.join(", ")}`);
  return known;
}

export const words = (text: string): string[] => text.split(" ").filter((word) => word !== "");

/** An address that keys may come from: over TLS, or from this machine. @throws when it is neither */
export function trusted(name: string, url: string): string {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: "", hostname: "" };
  if (protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname)))
    return url;
  throw wrong(name, "应为 https 网址", "must be an https URL");
}
