/** The language of the pages: Chinese first, English to switch to. */
import { effect, signal } from "@preact/signals";

export type Language = "zh" | "en";
/** A text in both languages; `{name}` stands for a value. */
export type Pair = readonly [zh: string, en: string];

const KEY = "nianbao.language";

function remembered(): Language {
  try {
    return globalThis.localStorage?.getItem(KEY) === "en" ? "en" : "zh";
  } catch {
    return "zh";
  }
}

/** What the pages speak now; a component that reads it is drawn again when it changes. */
export const language = signal<Language>(remembered());

/** Tells the document and the browser's storage of the language, now and whenever it changes. */
export const keepLanguage = (): (() => void) =>
  effect(() => {
    document.documentElement.lang = language.value === "en" ? "en" : "zh-CN";
    try {
      localStorage.setItem(KEY, language.value);
    } catch {
      // A browser that keeps nothing speaks Chinese again next time.
    }
  });

/** One of a pair in the language of the pages. */
export const inLanguage = (pair: Pair): string => pair[language.value === "en" ? 1 : 0];

/** The text of something that the form labels, or the message of a finding. */
export const labelOf = (labelled: { readonly label: string; readonly en: string }): string =>
  inLanguage([labelled.label, labelled.en]);
export const messageOf = (finding: { readonly message: string; readonly messageEn: string }): string =>
  inLanguage([finding.message, finding.messageEn]);

export type Values = Readonly<Record<string, string | number>>;

/** A text with its values put in. */
export const fill = (text: string, values: Values = {}): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** A part's own texts by key: `const t = messages({ undo: ["撤销", "Undo"] }); t("undo")`. */
export const messages =
  <Key extends string>(pairs: Readonly<Record<Key, Pair>>) =>
  (key: Key, values?: Values): string =>
    fill(inLanguage(pairs[key]), values);
