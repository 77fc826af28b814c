/**
 * The order of the house: a folder imports from those above it alone, types included, and no file is part of a ring.
 * `generated/` is what scripts make of the editions and the pages; each of its files belongs to the folder that it is made for. The order
 * is src's and of what stands on it; scripts may use what tests/support has.
 */
const ORDER = [
  "src/basics",
  "src/log",
  "src/form",
  "src/narrative",
  "src/rules",
  "src/check",
  "src/compose",
  "src/typeset",
  "src/fonts",
  "src/formats",
  "src/import",
  "src/authenticate",
  "src/store",
  "src/confined",
  "src/resumable",
  "src/fetch",
  "src/roster",
  "src/publish",
  "src/rollup",
  "src/sequence",
  "src/office",
  "src/filing",
  "src/dataset",
  "src/texts",
  "src/index",
  "src/desk",
  "src/portal",
  "src/fsck",
  "src/batch",
  "functions",
  "server",
  "local",
  "cli",
  "web",
  "infra",
  "scripts",
];

const anyOf = (folders) => `^(?:${folders.join("|")})/`;

/** Of every folder but the last: it imports nothing that stands below it. */
const upward = ORDER.slice(0, -1).map((folder, i) => ({
  name: `above-${ORDER[i + 1].replace("/", "-")}`,
  comment: `${folder} stands above ${ORDER[i + 1]} and whatever follows (docs/ARCHITECTURE.md)`,
  severity: "error",
  from: { path: `^${folder}/` },
  to: { path: anyOf(ORDER.slice(i + 1)) },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-ring",
      comment: "A type that two files need is in a third",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...upward,
    {
      name: "in-the-order",
      comment: "Every folder has its place in the order: add it to ORDER in .dependency-cruiser.mjs",
      severity: "error",
      from: { pathNot: [anyOf(ORDER), "^(?:generated|schemas|tests|node_modules)/", "^src/(?:document|draft)\\.ts$"] },
      to: {},
    },
    {
      name: "s3-in-the-store",
      comment: "The AWS SDK is src/store's alone, and of what asks an account before a deployment",
      severity: "error",
      from: { pathNot: "^(src/store/|infra/account\\.ts$)" },
      to: { path: "node_modules/@aws-sdk/" },
    },
    {
      name: "lambda-at-the-edge",
      comment: "What Lambda calls a request is known where a function begins and nowhere else",
      severity: "error",
      from: {
        path: "^(?:src|functions|server|local|cli|web)/",
        pathNot: "^functions/(?:[^/]+\\.lambda|lambda|event)\\.ts$",
      },
      to: { path: "(?:^|/)aws-lambda(?:/|$)" },
    },
    {
      name: "known-module",
      comment: "An import that leads nowhere",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".d.ts"],
    },
  },
};
