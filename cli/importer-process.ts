/** The process in which the command has files of others read. */
// Whatever is used of later versions is used by what is loaded then.
if (Number.parseInt(process.versions.node, 10) < 22) await import("./node20.ts");
await import("../functions/importer.process.ts");
