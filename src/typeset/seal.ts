import { crc32, inflateSync } from "node:zlib";
import { ExplainedError } from "../basics/explained-error.ts";
import type { Seal } from "./signature.ts";

/** What is wrong with a seal image, for people. */
export class SealError extends ExplainedError {}

const MAX_BYTES = 1 << 20;
const [MIN_PIXELS, MAX_PIXELS] = [120, 2000];
/** Printed diameter of an organ's seal, mm (国发〔1999〕25号: 4.2 cm for county-level departments and their like). */
const DIAMETER = 42;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The chunks of a PNG (ISO/IEC 15948, 5.3), their checksums checked. */
function chunksOf(png: Buffer): { readonly type: string; readonly data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = 8; at < png.length; ) {
    if (at + 12 > png.length) throw new SealError("PNG文件不完整", "The PNG ends early");
    const length = png.readUInt32BE(at);
    if (at + 12 + length > png.length) throw new SealError("PNG文件不完整", "The PNG ends early");
    if (crc32(png.subarray(at + 4, at + 8 + length)) !== png.readUInt32BE(at + 8 + length))
      throw new SealError("PNG文件已损坏（校验和不符）", "The PNG is damaged (checksum)");
    chunks.push({ type: png.toString("latin1", at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/**
 * An organ's seal from its image: a PNG with an alpha channel, 8 bits a channel, not interlaced, 120–2000 pixels, about
 * as wide as high, at most 1 MiB.
 * @throws SealError that says what is wrong
 */
export function sealFrom(bytes: Uint8Array): Seal {
  const png = Buffer.from(bytes);
  if (png.length > MAX_BYTES) throw new SealError("印章图片超过1 MiB", "The seal image is larger than 1 MiB");
  if (!png.subarray(0, 8).equals(SIGNATURE)) throw new SealError("印章图片不是PNG文件", "The seal image is not a PNG");
  const chunks = chunksOf(png);
  const header = chunks[0];
  if (header?.type !== "IHDR" || header.data.length !== 13 || chunks.at(-1)?.type !== "IEND")
    throw new SealError("PNG文件不完整", "The PNG is not complete");
  const [width, height] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)];
  const [depth, colour, , , interlace] = header.data.subarray(8) as unknown as [number, number, number, number, number];
  if (colour !== 6 && colour !== 4)
    throw new SealError("印章图片须有透明通道（Alpha）", "The seal image must have an alpha channel");
  if (depth !== 8 || interlace !== 0)
    throw new SealError(
      "印章图片须为每通道8位、非隔行的PNG",
      "The seal image must have 8 bits a channel and no interlacing",
    );
  if (Math.min(width, height) < MIN_PIXELS || Math.max(width, height) > MAX_PIXELS)
    throw new SealError(
      `印章图片的边长须在${MIN_PIXELS}至${MAX_PIXELS}像素之间，现为${width}×${height}`,
      `The seal image must be ${MIN_PIXELS}–${MAX_PIXELS} pixels a side; it is ${width}×${height}`,
    );
  if (Math.max(width, height) / Math.min(width, height) > 1.5)
    throw new SealError("印章图片的宽高相差过大", "The seal image is too far from square");
  const size = (width * (colour === 6 ? 4 : 2) + 1) * height;
  const data = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map((chunk) => chunk.data));
  let pixels: Buffer;
  try {
    pixels = inflateSync(data, { maxOutputLength: size });
  } catch {
    throw new SealError("PNG文件已损坏（像素数据）", "The PNG is damaged (pixels)");
  }
  if (pixels.length !== size) throw new SealError("PNG文件已损坏（像素数据）", "The PNG is damaged (pixels)");
  const scale = DIAMETER / Math.max(width, height);
  return { png, width: width * scale, height: height * scale };
}
