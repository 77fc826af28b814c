/** Layers of a PDF (optional content, ISO 32000-1, 8.11), and what marked content is in them. */
import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

/** `unsure` where a screen shows it and paper does not, or the other way. */
export type Layer = "on" | "off" | "unsure";

/** Whether a group or membership dictionary is shown, as the document opens. */
export type Layers = (group: unknown) => Layer;

export async function layersOf(document: PDFDocumentProxy): Promise<Layers> {
  const configs = await Promise.all(
    (["display", "print", "any"] as const).map((intent) => document.getOptionalContentConfig({ intent })),
  );
  return (group) => {
    const shown = configs.map((config) => config.isVisible(group));
    return shown.every(Boolean) ? "on" : shown.some(Boolean) ? "unsure" : "off";
  };
}

interface Mark {
  readonly artifact: boolean;
  readonly layer: Layer;
}

const NONE: Mark = { artifact: false, layer: "on" };

/** The marked content that is being painted. */
export class Marks {
  readonly #layers: Layers;
  readonly #stack: Mark[] = [];

  constructor(layers: Layers) {
    this.#layers = layers;
  }

  get #top(): Mark {
    return this.#stack.at(-1) ?? NONE;
  }

  get artifact(): boolean {
    return this.#top.artifact;
  }

  get layer(): Layer {
    return this.#top.layer;
  }

  begin([tag, group]: readonly unknown[]): void {
    const { artifact, layer } = this.#top;
    const own = tag === "OC" ? this.#layers(group) : "on";
    this.#stack.push({
      artifact: artifact || tag === "Artifact",
      layer: layer === "off" || own === "off" ? "off" : layer === "unsure" ? layer : own,
    });
  }

  end(): void {
    this.#stack.pop();
  }
}
