import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FACES, type FaceName } from "../basics/faces.ts";
import type { Coverage } from "../check/glyphs.ts";
import { type Measure, measureOf } from "../typeset/measure.ts";
import { type CoverageFile, coverageOf, encodeCoverage } from "./coverage.ts";
import { FaceFile, type OpenedFace } from "./face-file.ts";
import { announcementOf, LateFace } from "./late-face.ts";

/** The opened faces of a process; opening costs, so keep them. */
export class Fonts implements Coverage {
  readonly faces: Readonly<Record<FaceName, OpenedFace>>;
  /** The ICC profile that the document's greys are meant in. */
  readonly profile: Uint8Array;

  constructor(faces: Readonly<Record<FaceName, OpenedFace>>, profile: Uint8Array) {
    this.faces = faces;
    this.profile = profile;
  }

  get measure(): Measure {
    return measureOf(this.faces);
  }

  /** The face that sets a character of body text; undefined when none has it. */
  readonly #bodyFace = (codePoint: number): FaceName | undefined =>
    this.measure.has(codePoint, "fangsong") ? this.measure.faceOf(codePoint, "fangsong") : undefined;
  readonly #coverage = coverageOf(this.#bodyFace);

  /** The characters of a text that no face has, each once. */
  missing(text: string): readonly string[] {
    return this.#coverage.missing(text);
  }

  /** The characters of a text that 仿宋 lacks and another face sets, each once. */
  fallbacks(text: string): readonly { readonly character: string; readonly face: FaceName }[] {
    return this.#coverage.fallbacks(text);
  }

  /** What these faces cover, for checks that run elsewhere and have to find the same. */
  coverageFile(): CoverageFile {
    const all = new Set(FACES.flatMap((name) => [...this.faces[name].codePoints()]));
    return encodeCoverage(
      this.#bodyFace,
      [...all].sort((a, b) => a - b),
    );
  }
}

function openFace(name: FaceName, directory: string): OpenedFace {
  const path = join(directory, `${name}.face`);
  const announced = announcementOf(path);
  return announced ? new LateFace(name, path, announced) : new FaceFile(name, path);
}

/**
 * Opens the prepared faces of a folder (`fangsong.face`, …; `scripts/fonts.ts` prepares them).
 * @throws when a file is missing or is no prepared face
 */
export const openFonts = (directory: string): Fonts =>
  new Fonts(
    Object.fromEntries(FACES.map((name) => [name, openFace(name, directory)])) as Record<FaceName, OpenedFace>,
    readFileSync(join(directory, "sRGB.icc")),
  );
