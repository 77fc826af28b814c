import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import type { Engine } from "./engine.ts";

/** Typst in the process, as its Node binding offers it, with its default PDF settings (tagged). */
export const engine: Engine = {
  async start(directory) {
    const compiler = NodeCompiler.create({
      // It opens a folder's fonts only as it needs them, but does not find this one in a folder; blobs go first.
      fontArgs: [{ fontBlobs: [readFileSync(join(directory, "fangsong.ttf"))] }, { fontPaths: [directory] }],
    });
    return {
      render: async (source) => compiler.pdf({ mainFileContent: source as string }),
      // What the binding's documentation suggests for a process that goes on: results of the last ten runs are kept.
      settle: () => compiler.evictCache(10),
    };
  },
};
