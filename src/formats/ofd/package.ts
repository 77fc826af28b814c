import { type Zippable, zipSync } from "fflate";

/** fflate writes local time: the first day of DOS is the same hour everywhere. */
const mtime = new Date(1980, 0, 1);

/** Parts as a ZIP archive, in their order and without times; pictures are packed already. */
export const packed = (parts: readonly (readonly [name: string, bytes: Uint8Array])[]): Uint8Array =>
  zipSync(
    Object.fromEntries(
      parts.map(([name, bytes]): [string, Zippable[string]] => [
        name,
        [bytes, { level: name.endsWith(".png") ? 0 : 6 }],
      ]),
    ),
    { mtime },
  );
