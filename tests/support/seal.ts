import { crc32, deflateSync } from "node:zlib";

/** A round red seal as a PNG: RGBA, 8 bits, or without alpha. */
export function png(size: number, alpha = true): Buffer {
  const channels = alpha ? 4 : 3;
  const rows = Buffer.alloc((size * channels + 1) * size);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) {
      const r = Math.hypot(x - size / 2, y - size / 2) / (size / 2);
      const on = (r < 0.98 && r > 0.9) || r < 0.15;
      rows.set([200, 20, 20, ...(alpha ? [on ? 200 : 0] : [])], y * (size * channels + 1) + 1 + x * channels);
    }
  const chunk = (type: string, data: Buffer): Buffer => {
    const out = Buffer.alloc(data.length + 12);
    out.writeUInt32BE(data.length);
    out.write(type, 4, "latin1");
    data.copy(out, 8);
    out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, alpha ? 6 : 2, 0, 0, 0], 8);
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    start,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
