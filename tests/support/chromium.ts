/** The Chromium of the browser tests: from npm, with the libraries that a plain Linux lacks, nothing of the machine's. */
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGE = createRequire(import.meta.url).resolve("@sparticuz/chromium");
const CACHE = fileURLToPath(new URL("../../node_modules/.cache/nianbao", import.meta.url));

/** Where the browser that comes from npm runs. */
export const FROM_NPM = process.platform === "linux" && process.arch === "x64";

const FONTS = "nianbao-fonts.conf";

/** Where the browser finds fonts: those that come with it, and a Chinese one from npm, whatever the machine has. */
const fontsFile = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, "fonts")}</dir>
  <dir>${dirname(createRequire(import.meta.url).resolve("@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"))}</dir>
  <cachedir>${join(folder, "fontconfig")}</cachedir>
</fontconfig>
`;

/** An executable, and the environment that it finds its libraries and fonts by. */
export interface Chromium {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

async function versionOf(file: string): Promise<string> {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const text = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
    const { name, version } = JSON.parse(text) as { name?: string; version?: string };
    if (name === "@sparticuz/chromium" && version) return version;
    if (folder === dirname(folder)) throw new Error(`${file}: of no package`);
  }
}

/** Runs with other variables of the environment, which the package reads as it is loaded and as it unpacks. */
async function withEnvironment<T>(variables: Readonly<Record<string, string>>, run: () => Promise<T>): Promise<T> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  const { LD_LIBRARY_PATH, FONTCONFIG_PATH } = process.env;
  Object.assign(process.env, variables);
  try {
    return await run();
  } finally {
    // It sets these two as well.
    for (const [name, value] of [
      ...before,
      ["LD_LIBRARY_PATH", LD_LIBRARY_PATH],
      ["FONTCONFIG_PATH", FONTCONFIG_PATH],
    ] as const)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
}

/** Unpacks the browser and its libraries (NSS, expat) into a folder that appears whole or not at all. */
async function unpack(folder: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const partial = await mkdtemp(join(CACHE, "unpacking-"));
  try {
    // The name of a runtime makes the package unpack the libraries that this runtime lacks as well.
    await withEnvironment({ TMPDIR: partial, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" }, async () => {
      const { default: chromium } = await import("@sparticuz/chromium");
      await chromium.executablePath();
    });
    await writeFile(join(partial, FONTS), fontsFile(folder));
    await rename(partial, folder).catch(async (error: NodeJS.ErrnoException) => {
      // Another process was faster.
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** The browser, unpacked once and kept with the packages. */
export async function chromiumFromNpm(): Promise<Chromium> {
  const folder = join(CACHE, `chromium-${await versionOf(PACKAGE)}`);
  if (!(await stat(folder).catch(() => undefined))) await unpack(folder);
  return {
    executablePath: join(folder, "chromium"),
    env: { LD_LIBRARY_PATH: join(folder, "al2023", "lib"), FONTCONFIG_FILE: join(folder, FONTS) },
  };
}
