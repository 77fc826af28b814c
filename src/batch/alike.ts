import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../generated/report.ts";
import type { Finding } from "../basics/finding.ts";
import { alikeFinding, alikePairs, type Narrative, narrativeOf } from "../check/alike.ts";
import type { Book } from "./book.ts";
import type { FileId } from "./journal.ts";
import { IMPORTED } from "./settings.ts";

/** Of one file, the most others that it is reported to be like; a text that a whole county took is reported once or twice. */
const MOST = 3;

/** Compares the narratives of the reports without errors with each other (`B-ALIKE`), and gives the book what was found of both of a pair. */
export function findAlike(files: readonly FileId[], book: Book, out: string): void {
  const sound = files.filter((id) => ["sound", "unexplained"].includes(book.get(id).check?.outcome ?? ""));
  // Of a report that an earlier run checked the file is read once more, and let go: a folder may have ten thousand.
  const read = (id: FileId): Narrative =>
    narrativeOf(JSON.parse(readFileSync(join(out, id, IMPORTED), "utf8")) as Report);
  const narratives = sound.map((id) => book.takeNarrative(id) ?? read(id));
  const found = new Map<number, Finding[]>();
  const add = (own: number, other: number, share: number): void => {
    const findings = found.get(own) ?? [];
    found.set(own, findings);
    if (findings.length < MOST) findings.push(alikeFinding(narratives[other]!, share));
  };
  for (const { a, b, share } of alikePairs(narratives)) {
    add(a, b, share);
    add(b, a, share);
  }
  for (const [index, findings] of found) book.found(sound[index]!, findings);
}
