/** ZIP archives byte for byte (APPNOTE 6.3.10): members may claim what they are not. */

export interface Member {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  /** The bytes as they lie in the archive. */
  readonly packed: Uint8Array;
  /** What the headers claim of the member unpacked. */
  readonly size: number;
  readonly crc: number;
  /** General purpose flags; 1 is encrypted. */
  readonly flags?: number;
}

/** What local and central headers have in common, from the version needed on. */
function fields({ name, method, packed, size, crc, flags = 0 }: Member): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(flags, 2);
  header.writeUInt16LE(method, 4);
  header.writeUInt32LE(0x00210000, 6);
  header.writeUInt32LE(crc, 10);
  header.writeUInt32LE(packed.length, 14);
  header.writeUInt32LE(size, 18);
  header.writeUInt16LE(Buffer.byteLength(name), 22);
  return header;
}

/**
 * An archive of members.
 * @param count how many members it claims, if not as many as there are
 */
export function rawZip(members: readonly Member[], count = members.length): Uint8Array {
  const local: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let at = 0;
  for (const member of members) {
    const name = Buffer.from(member.name);
    const head = Buffer.concat([Buffer.from("504b0304", "hex"), fields(member), name]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from("504b01021400", "hex"), fields(member), place, name]));
    local.push(head, member.packed);
    at += head.length + member.packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  const counted = Math.min(count, 0xffff);
  end.writeUInt16LE(counted, 8);
  end.writeUInt16LE(counted, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}
