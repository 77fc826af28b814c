import { INSTALLED_BROWSER } from "./installed.ts";

/** What the bench asks of an engine. It runs in a process of its own (`child.ts`), on input made beforehand. */
export interface Engine {
  /**
   * Starts the engine: opens its fonts, its browser, …
   * @param fonts the folder of the font files that it needs
   */
  start(fonts: string): Promise<Renderer>;
}

/** A started engine. */
export interface Renderer {
  /** Sets one report. The input is what `sources.ts` makes for this engine, JSON. */
  render(input: unknown): Promise<Uint8Array>;
  /** Housekeeping between two renders that a server would do when idle; not timed. */
  settle?(): Promise<void> | void;
  stop?(): Promise<void>;
}

const ALL = ["nianbao", "typst", "shell", "chromium", "pdfmake"] as const;
export type EngineName = (typeof ALL)[number];

/** The engines that this machine has: a full Chromium is compared where one is installed, its shell everywhere. */
export const ENGINES: readonly EngineName[] = ALL.filter((name) => name !== "chromium" || INSTALLED_BROWSER);

/** How an engine is called in what the bench prints. */
export const LABELS: Readonly<Record<EngineName, string>> = {
  nianbao: "nianbao",
  typst: "Typst (typst-ts-node-compiler)",
  shell: "Chromium's headless shell",
  chromium: "full Chromium, headless",
  pdfmake: "plain pdfmake",
};
