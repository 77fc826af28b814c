/**
 * What a browser loads, types left out: no module of Node.js is reached from it. (What is of src at all comes in through
 * `web/`; esbuild would fail on it as well, later and with fewer words.)
 */
/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-node-in-the-browser",
      severity: "error",
      from: { path: "^web/" },
      to: { path: "^node:|^(?:fs|path|crypto|zlib|os|stream|buffer|url|util)$", reachable: true },
    },
  ],
  options: {
    tsPreCompilationDeps: false,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
  },
};
