/** The bundles that CDK ships. */

let loaded = 0;

/** A bundle, loaded anew: it reads the environment when it is, and test files run one after another in one process. */
export function loadBundle<T>(name: string): Promise<T> {
  const url = new URL(`../../dist/lambda/${name}/index.mjs`, import.meta.url);
  loaded += 1;
  url.search = `${loaded}`;
  return import(url.href) as Promise<T>;
}
