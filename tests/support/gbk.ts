/** The two bytes of each character of GBK, from the table that every browser has (WHATWG Encoding, 10.1). */
const table = new Map<string, readonly [number, number]>();
const decoder = new TextDecoder("gbk");
for (let lead = 0x81; lead <= 0xfe; lead += 1)
  for (let trail = 0x40; trail <= 0xfe; trail += 1) {
    const character = decoder.decode(Uint8Array.of(lead, trail));
    if (character.length === 1 && character !== "\ufffd") table.set(character, [lead, trail]);
  }

/** A text as old pages of government sites have it. @throws RangeError for a character that GBK has not */
export const toGbk = (text: string): Buffer =>
  Buffer.from(
    [...text].flatMap((character) => {
      if (character < "\u0080") return [character.charCodeAt(0)];
      const found = table.get(character);
      if (!found) throw new RangeError(`no GBK for ${character}`);
      return found;
    }),
  );
