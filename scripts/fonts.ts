/** Puts the faces that a report is set in, with their licences, into `dist/fonts`, one file a face. */
import { copyFile, mkdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const at = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

const FILES: Readonly<Record<string, string>> = {
  "fangsong.ttf": at("fonts/fangsong.ttf"),
  "fangsong.OFL.txt": at("fonts/fangsong.OFL.txt"),
  "kaiti.ttf": at("fonts/kaiti.ttf"),
  "kaiti.OFL.txt": at("fonts/kaiti.OFL.txt"),
  "heiti.ttf": require.resolve("@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf"),
  "heiti.OFL.txt": require.resolve("@expo-google-fonts/noto-sans-sc/LICENSE_FONT"),
  "biaosong.ttf": require.resolve("@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf"),
  "songti.ttf": require.resolve("@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf"),
  "songti.OFL.txt": require.resolve("@expo-google-fonts/noto-serif-sc/LICENSE_FONT"),
};

await mkdir(at("dist/fonts"), { recursive: true });
for (const [name, source] of Object.entries(FILES)) {
  const target = at(`dist/fonts/${name}`);
  const [from, to] = await Promise.all([stat(source), stat(target).catch(() => undefined)]);
  if (to?.size !== from.size) await copyFile(source, target);
}
