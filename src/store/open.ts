/** Objects as readers ask for them: without content, or a part of it, and never the whole in memory. */
import { GetObjectCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { faultOf, statusOf } from "./client.ts";
import type { ObjectHeaders } from "./store.ts";

/** What is asked for besides the object itself. */
export interface Asked {
  /** Everything but the content. */
  readonly head?: boolean;
  /** As HTTP has it (RFC 9110, 14.2). */
  readonly range?: string | undefined;
  /** Only while it has this entity tag. */
  readonly etag?: string | undefined;
}

/** An object that was found. */
export interface Opened {
  readonly etag: string;
  readonly headers: ObjectHeaders;
  /** Bytes of what is given: of the whole, or of the part. */
  readonly size: number;
  /** Of a part: which one (`bytes 0-9/100`). */
  readonly part?: string;
  /** As it comes from the store; short ones at once. Without it when it was not asked for. */
  readonly body?: ReadableStream<Uint8Array> | Uint8Array;
}

/** `changed`: it has another entity tag than was asked for; `beyond`: there is nothing of it in that range. */
export type Opening = Opened | "changed" | "beyond" | undefined;

/** A store that readers are served from. */
export interface Opener {
  open(key: string, asked?: Asked): Promise<Opening>;
}

/** What is shorter is read at once: a stream costs more than it saves. */
const AT_ONCE = 64 * 1024;

/** What the SDK says of an object, as we keep it. */
export const headersOf = (answer: {
  readonly ContentType?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly Metadata?: Record<string, string> | undefined;
}): ObjectHeaders => ({
  contentType: answer.ContentType ?? "application/octet-stream",
  ...(answer.CacheControl ? { cacheControl: answer.CacheControl } : {}),
  ...(answer.ContentDisposition ? { contentDisposition: answer.ContentDisposition } : {}),
  ...(answer.Metadata ? { metadata: answer.Metadata } : {}),
});

/** @throws StoreUnavailableError, and what else the store says */
export async function openObject(
  client: S3Client,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  { head = false, range, etag }: Asked,
): Promise<Opening> {
  const place = { Bucket: bucket, Key: key };
  try {
    if (head) {
      const answer = await client.send(new HeadObjectCommand(place));
      return { etag: answer.ETag ?? "", headers: headersOf(answer), size: answer.ContentLength ?? 0 };
    }
    const answer = await client.send(
      new GetObjectCommand({
        ...place,
        ...(range === undefined ? {} : { Range: range }),
        ...(etag === undefined ? {} : { IfMatch: etag }),
      }),
    );
    const size = answer.ContentLength ?? 0;
    return {
      etag: answer.ETag ?? "",
      headers: headersOf(answer),
      size,
      ...(answer.ContentRange === undefined ? {} : { part: answer.ContentRange }),
      body:
        size > AT_ONCE
          ? (answer.Body?.transformToWebStream() as ReadableStream<Uint8Array>)
          : ((await answer.Body?.transformToByteArray()) ?? new Uint8Array()),
    };
  } catch (error) {
    const status = statusOf(error);
    if (status === 404) return undefined;
    if (status === 412) return "changed";
    if (status === 416) return "beyond";
    throw faultOf(error);
  }
}
