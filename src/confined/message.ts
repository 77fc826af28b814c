/** What passes between a process and the one that it started: a head in JSON and bytes, each with its length before it. */
export interface Message {
  /** JSON. */
  readonly head: unknown;
  readonly body: Uint8Array;
}

/** A message that is longer than its reader takes, or no message at all. */
export class MessageError extends Error {}

/** Two lengths, of head and body: unsigned, 32 bits, big-endian. */
const LENGTHS = 8;

/** A message as it is sent. */
export function encode({ head, body }: Message): Uint8Array[] {
  const json = Buffer.from(JSON.stringify(head));
  const lengths = Buffer.alloc(LENGTHS);
  lengths.writeUInt32BE(json.length, 0);
  lengths.writeUInt32BE(body.length, 4);
  return [lengths, json, body];
}

/** Most bytes of a message that is taken. */
export interface MessageLimits {
  readonly head: number;
  readonly body: number;
}

/**
 * The messages of a stream. Nothing is parsed, or kept, of one that is longer than it may be.
 * @throws MessageError
 */
export async function* messages(stream: AsyncIterable<Uint8Array>, most: MessageLimits): AsyncGenerator<Message> {
  let chunks: Uint8Array[] = [];
  let size = 0;
  let wanted = LENGTHS;
  let lengths: readonly [head: number, body: number] | undefined;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    while (size >= wanted) {
      const bytes = Buffer.concat(chunks);
      chunks = [bytes];
      if (!lengths) {
        lengths = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)];
        if (lengths[0] > most.head || lengths[1] > most.body) throw new MessageError("a message too long");
        wanted = LENGTHS + lengths[0] + lengths[1];
        continue;
      }
      const body = LENGTHS + lengths[0];
      yield { head: parsed(bytes.subarray(LENGTHS, body)), body: bytes.subarray(body, wanted) };
      chunks = [bytes.subarray(wanted)];
      size -= wanted;
      [wanted, lengths] = [LENGTHS, undefined];
    }
  }
}

function parsed(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString());
  } catch {
    throw new MessageError("a message whose head is no JSON");
  }
}
