import type { Message } from "../src/basics/finding.ts";

/** The languages that the command speaks. */
export type Language = "zh" | "en";

/** Of a locale (POSIX: `zh_CN.UTF-8`, `en`), the language; undefined where it names none (`C`, `POSIX`, nothing). */
function languageOf(locale: string | undefined): Language | undefined {
  const name = locale?.toLowerCase().match(/^[a-z]+/)?.[0];
  if (name === undefined || name === "c" || name === "posix") return undefined;
  return name === "zh" ? "zh" : "en";
}

/**
 * Which language people are spoken to in: `NIANBAO_LANG`, else as POSIX has it the first that is set of `LC_ALL`,
 * `LC_MESSAGES` and `LANG`. Chinese where that names no language (`C`, `POSIX`), English for any other than Chinese.
 */
export function chooseLanguage(environment: Readonly<Record<string, string | undefined>>): Language {
  const { NIANBAO_LANG, LC_ALL, LC_MESSAGES, LANG } = environment;
  return languageOf(NIANBAO_LANG || LC_ALL || LC_MESSAGES || LANG) ?? "zh";
}

/** The language of this process. */
export const language = chooseLanguage(process.env);

/** A text in the language of this process. */
export function say(text: Message): string;
export function say(zh: string, en: string): string;
export function say(text: Message | string, en = ""): string {
  const both = typeof text === "string" ? { zh: text, en } : text;
  return both[language];
}
