/** What every script of the reading pages needs of the page that it is on. */

const english = document.documentElement.lang === "en";

/** The text in the page's language. */
export const t = (zh: string, en: string): string => (english ? en : zh);
export const lang = english ? "en" : "zh-CN";

/** A page's address in the page's language. */
export const page = (path: string): string => (english ? path.replace(/\.html$/, ".en.html") : path);

/** The element with an id that the server wrote. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element ${id}`);
  return element as T;
}

/** An element with properties and children; text is never taken for markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A Chinese name, marked as such on English pages. */
export const chinese = (text: string): HTMLElement => element("span", { lang: "zh-CN" }, text);

const loading = new Map<string, Promise<unknown>>();

/** A JSON file, fetched once; one that could not be fetched is asked for again the next time. */
export function load<T>(url: URL | string): Promise<T> {
  const key = String(url);
  const known = loading.get(key);
  if (known) return known as Promise<T>;
  const request = fetch(key)
    .then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${key}`);
      return response.json() as Promise<T>;
    })
    .catch((error: unknown) => {
      loading.delete(key);
      throw error;
    });
  loading.set(key, request);
  return request;
}

/** Changes the address without a step in the history. */
export function remember(parameters: readonly (readonly [string, string])[]): void {
  const query = new URLSearchParams(
    parameters.filter(([, value]) => value !== "").map(([name, value]) => [name, value]),
  );
  history.replaceState(null, "", `${location.pathname}${query.size > 0 ? `?${query}` : ""}${location.hash}`);
}

/** Saves a file that was made here. */
export function download(name: string, type: string, content: BlobPart): void {
  const href = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** The reader's day in China, ISO. */
export const today = (): string => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
