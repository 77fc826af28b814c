import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const at = (relative: string): string => fileURLToPath(new URL(relative, root));
const require = createRequire(new URL("package.json", root));

/** The files that `scripts/fonts.ts` prepares for nianbao: all engines set the same glyphs. */
const FILES = {
  fangsong: at("fonts/fangsong.ttf"),
  kaiti: at("fonts/kaiti.ttf"),
  heiti: require.resolve("@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf"),
  biaosong: require.resolve("@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf"),
  songti: require.resolve("@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf"),
};

/** Nianbao's own prepared faces. */
export const PREPARED = at("dist/fonts");
/** The folder with the TTF files, for the other engines. */
export const TRUETYPE = fileURLToPath(new URL("dist/fonts", import.meta.url));
/** A fontconfig file that names that folder and nothing else. */
export const FONTCONFIG = "fonts.conf";

/** Puts the TTF files, and the fontconfig file that installs them for Chromium, into `dist/fonts`. */
export async function gatherFonts(): Promise<void> {
  await mkdir(TRUETYPE, { recursive: true });
  for (const [name, file] of Object.entries(FILES)) await copyFile(file, join(TRUETYPE, `${name}.ttf`));
  await writeFile(
    join(TRUETYPE, FONTCONFIG),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${TRUETYPE}</dir><cachedir>${join(TRUETYPE, "cache")}</cachedir></fontconfig>
`,
  );
}
