import { basename, dirname } from "node:path";
import type { Plugin } from "esbuild";
import { PUBLISHED } from "../src/formats/registry.ts";

/** Keeps out of a bundle what writes formats that are not published: a service never does, and cold starts are shorter. */
export const onlyPublishedFormats: Plugin = {
  name: "only-published-formats",
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]formats[\\/]\w+[\\/]write\.ts$/ }, ({ path }) => {
      const name = basename(dirname(path));
      if (PUBLISHED.some((format) => format.name === name)) return undefined;
      return { contents: `export const write = () => { throw new Error("${name} is not published"); };`, loader: "js" };
    });
  },
};
