/** The faces that a report is set in, prepared side by side, each once for its font and the code that prepares it. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { FaceName } from "../src/basics/faces.ts";
import { laterOf } from "../src/fonts/late-face.ts";
import type { Borrowed, FaceJob } from "./face.ts";

const require = createRequire(import.meta.url);
const at = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

const OPEN: Readonly<Record<FaceName, string>> = {
  fangsong: at("fonts/fangsong.ttf"),
  kaiti: at("fonts/kaiti.ttf"),
  heiti: require.resolve("@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf"),
  biaosong: require.resolve("@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf"),
  songti: require.resolve("@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf"),
  rare: at("fonts/rare.woff2"),
};
/**
 * The open 仿宋 draws 1 as a small I, and （ ） so that they look like 〔 〕: its digits are the open 楷体's, made as high as
 * its own and half an em wide, its brackets those of 宋体.
 */
const BORROWED: Partial<Record<FaceName, readonly Borrowed[]>> = {
  fangsong: [
    { characters: "0123456789", source: OPEN.kaiti, factor: 5 / 6 },
    { characters: "（）", source: OPEN.songti, factor: 1 },
  ],
};
/**
 * What points are rounded to, thousandths of an em: at 16 pt and 600 dpi two are a quarter of a dot. The open 仿宋, most
 * of a file and with edges drawn as if on rough paper, takes three.
 */
const GRID = { open: { fangsong: 3 } as Partial<Record<FaceName, number>>, other: 2 };
const LICENCES: Readonly<Record<string, string>> = {
  "fangsong.OFL.txt": at("fonts/fangsong.OFL.txt"),
  "kaiti.OFL.txt": at("fonts/kaiti.OFL.txt"),
  "heiti.OFL.txt": require.resolve("@expo-google-fonts/noto-sans-sc/LICENSE_FONT"),
  "rare.OFL.txt": at("fonts/rare.OFL.txt"),
  "songti.OFL.txt": require.resolve("@expo-google-fonts/noto-serif-sc/LICENSE_FONT"),
};
/** The code that a prepared face is made by: when it changes, faces are made anew. */
const PREPARATION = ["face.ts", "outline.ts", "fit.ts", "charstring.ts", "code-lengths.ts"].map(
  (name) => `scripts/${name}`,
);
/** The colours that a document means by its greys (PDF/A, output intent). */
const PROFILE = require.resolve("pdfkit").replace(/[^/\\]+$/, "data/sRGB_IEC61966_2_1.icc");

const SLOWEST_FIRST: readonly FaceName[] = ["rare", "songti", "kaiti", "biaosong", "heiti", "fangsong"];

/** What is to be prepared, and where to. */
export interface Preparation {
  /** A folder of an organ's own fonts; the open ones unless given. */
  readonly from?: string;
  readonly to?: string;
  /** Faces that are told of only, to be prepared by another run while others are used (see `src/fonts/late-face.ts`). */
  readonly later?: readonly FaceName[];
}

interface KeyedJob extends FaceJob {
  /** What the face is made of and by. */
  readonly key: string;
}

function own(from: string, name: FaceName): string {
  const file = [`${from}/${name}.ttf`, `${from}/${name}.otf`].find((path) => existsSync(path));
  // Hardly an organ has a font of its own for what is rare.
  if (!file && name === "rare") return OPEN.rare;
  if (!file) throw new Error(`${from} 里没有 ${name}.ttf 或 ${name}.otf · no ${name}.ttf or ${name}.otf in ${from}`);
  return file;
}

async function copyBeside(from: string | undefined, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const [name, source] of Object.entries(from ? {} : LICENCES)) await copyFile(source, `${to}/${name}`);
  if (from && own(from, "rare") === OPEN.rare) await copyFile(LICENCES["rare.OFL.txt"]!, `${to}/rare.OFL.txt`);
  await copyFile(PROFILE, `${to}/sRGB.icc`);
}

async function jobOf(name: FaceName, from: string | undefined, to: string): Promise<KeyedJob> {
  const source = from ? own(from, name) : OPEN[name];
  const borrowed = from ? [] : (BORROWED[name] ?? []);
  const grid = (from ? undefined : GRID.open[name]) ?? GRID.other;
  const key = createHash("sha256")
    .update(await readFile(source))
    .update(`${grid}`);
  for (const file of PREPARATION) key.update(await readFile(at(file)));
  for (const { characters, source: lender, factor } of borrowed)
    key.update(`${characters} ${factor}`).update(await readFile(lender));
  const fontName = `Nianbao-${name[0]!.toUpperCase()}${name.slice(1)}`;
  return { source, target: `${to}/${name}.face`, name: fontName, borrowed, grid, key: key.digest("hex") };
}

async function isMade({ target, key }: KeyedJob): Promise<boolean> {
  const made = await readFile(`${target}.key`, "utf8").catch(() => "");
  return made === key && existsSync(target);
}

const inWorker = (job: FaceJob): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./face.ts", import.meta.url), { workerData: job });
    worker.once("error", reject);
    worker.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${job.source}: exit ${code}`))));
  });

/** Prepares what is not prepared yet, with licences and the colour profile beside; resolves when all is there. */
export async function prepareFonts({ from, to = at("dist/fonts"), later = [] }: Preparation = {}): Promise<void> {
  await copyBeside(from, to);
  const queue: KeyedJob[] = [];
  // What takes longest comes first, so that the workers end at about the same time.
  for (const name of SLOWEST_FIRST) {
    const job = { ...(await jobOf(name, from, to)), later: later.includes(name) };
    if (!(await isMade(job))) queue.push(job);
    else await rm(laterOf(job.target), { force: true });
  }
  if (queue.length > 0) console.log(`预备字体 · preparing ${queue.length} fonts …`);
  await Promise.all(
    Array.from({ length: Math.min(availableParallelism(), 4) }, async () => {
      for (let job = queue.shift(); job; job = queue.shift()) {
        await inWorker(job);
        if (job.later) continue;
        await writeFile(`${job.target}.key`, job.key);
        await rm(laterOf(job.target), { force: true });
      }
    }),
  );
}
