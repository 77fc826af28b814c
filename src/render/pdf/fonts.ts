import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Coverage } from "../../check/conclude.ts";
import { type Measure, measureOf } from "../../typeset/measure.ts";
import { FACES, type FaceName } from "../../typeset/page.ts";
import { FaceFile } from "./face-file.ts";

/** The opened faces of a process; opening costs, so keep them. */
export class Fonts implements Coverage {
  readonly faces: Readonly<Record<FaceName, FaceFile>>;
  /** The ICC profile that the document's greys are meant in. */
  readonly profile: Uint8Array;

  constructor(faces: Readonly<Record<FaceName, FaceFile>>, profile: Uint8Array) {
    this.faces = faces;
    this.profile = profile;
  }

  get measure(): Measure {
    return measureOf(this.faces);
  }

  /** The characters of a text that no face has, each once. */
  missing(text: string): string[] {
    return [...new Set(text)].filter((character) => !this.measure.has(character.codePointAt(0)!, "fangsong"));
  }

  /** The characters of a text that 仿宋 lacks and another face sets, each once. */
  fallbacks(text: string): { readonly character: string; readonly face: FaceName }[] {
    return [...new Set(text)].flatMap((character) => {
      const codePoint = character.codePointAt(0)!;
      const face = this.measure.faceOf(codePoint, "fangsong");
      return face !== "fangsong" && this.measure.has(codePoint, "fangsong") ? [{ character, face }] : [];
    });
  }
}

/**
 * Opens the five prepared faces of a folder (`fangsong.face`, …; `scripts/fonts.ts` prepares them).
 * @throws when a file is missing or is no prepared face
 */
export const openFonts = (directory: string): Fonts =>
  new Fonts(
    Object.fromEntries(FACES.map((name) => [name, new FaceFile(name, join(directory, `${name}.face`))])) as Record<
      FaceName,
      FaceFile
    >,
    readFileSync(join(directory, "sRGB.icc")),
  );
