/** Names found by how they are read in full: `liaocheng`, `liao cheng`, `chongqing` by either reading. */

/** How characters are read: by character, syllables without tones. */
export type Readings = ReadonlyMap<string, readonly string[]>;

/** As the search's file has them. */
export const readingsOf = (syllables: Readonly<Record<string, string>> = {}): Readings =>
  new Map(Object.entries(syllables).map(([character, read]) => [character, read.split(" ")]));

/** What may be typed between syllables or for ü, as it is compared. */
export const typed = (word: string): string => word.replaceAll("ü", "v").replace(/['’-]/g, "");

/** Whether a word is the name's characters from a place on, read in full; the last may be half typed. */
function readFrom(word: string, done: number, name: string, at: number, readings: Readings): boolean {
  if (done === word.length) return true;
  const character = name[at];
  if (character === undefined) return false;
  for (const syllable of readings.get(character) ?? (/[a-z0-9]/.test(character) ? [character] : [])) {
    const left = word.length - done;
    if (left < syllable.length ? syllable.startsWith(word.slice(done)) : word.startsWith(syllable, done)) {
      if (left <= syllable.length || readFrom(word, done + syllable.length, name, at + 1, readings)) return true;
    }
  }
  return false;
}

/** Where in a name a word stands, read in full; -1 where it does not. A word of one syllable is no reading but letters. */
export function indexOfReading(word: string, name: string, readings: Readings): number {
  for (let at = 0; at < name.length; at += 1) if (readFrom(word, 0, name, at, readings)) return at;
  return -1;
}
