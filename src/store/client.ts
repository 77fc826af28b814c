import type { PutObjectCommand, S3ClientConfig } from "@aws-sdk/client-s3";
import { S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { type DialectName, vendorOf } from "./dialect.ts";
import { StoreUnavailableError } from "./store.ts";

/** Where the bucket is; endpoint and path style are for stores other than AWS. */
export interface ClientOptions {
  readonly region: string;
  readonly endpoint?: string | undefined;
  readonly forcePathStyle?: boolean | undefined;
  readonly dialect?: DialectName | undefined;
  /** How long an answer is waited for, ms, each of three times; and a quarter of it to connect. */
  readonly patience?: number | undefined;
  /** How long there may be nothing between two pieces of an answer, ms; as long as an answer is waited for unless given. */
  readonly pause?: number | undefined;
  /** How often a request is tried; three times unless given. */
  readonly attempts?: number | undefined;
  /** What sends requests, where that is not HTTP. */
  readonly requestHandler?: S3ClientConfig["requestHandler"] | undefined;
}

/** Connections at once: a hundred filings have several requests each under way. */
const SOCKETS = 1024;
/** Milliseconds: for an answer, or between two pieces of one. Three times it is less than the 29 s that whoever asked waits. */
export const PATIENCE = 8000;

export function createClient(options: ClientOptions): S3Client {
  const { region, endpoint, forcePathStyle, dialect = "s3", patience = PATIENCE, requestHandler } = options;
  const config: S3ClientConfig = {
    region,
    maxAttempts: options.attempts ?? 3,
    requestHandler: requestHandler ?? {
      // A burst waits for the store and not for a connection, which would count as one that cannot be made.
      httpAgent: { keepAlive: true, maxSockets: SOCKETS },
      httpsAgent: { keepAlive: true, maxSockets: SOCKETS },
      connectionTimeout: patience / 4,
      requestTimeout: patience,
      socketTimeout: options.pause ?? patience,
      throwOnRequestTimeout: true,
    },
  };
  if (endpoint) {
    config.endpoint = endpoint;
    // Checksums in trailers are AWS's alone: OSS, COS, OBS and others refuse a body that comes in such chunks.
    config.requestChecksumCalculation = "WHEN_REQUIRED";
    config.responseChecksumValidation = "WHEN_REQUIRED";
  }
  if (forcePathStyle) config.forcePathStyle = true;
  const client = new S3Client(config);
  if (vendorOf(dialect)?.signsBody === false)
    client.middlewareStack.add(withHeader("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), {
      name: "unsignedPayload",
      step: "build",
    });
  return client;
}

/** A request with headers, as far as we need to know it. */
interface Requested {
  readonly request: unknown;
}

const withHeader =
  (name: string, value: string) =>
  <A extends Requested, R>(next: (args: A) => Promise<R>) =>
  (args: A): Promise<R> => {
    (args.request as { readonly headers: Record<string, string> }).headers[name] = value;
    return next(args);
  };

/** Sends a header with a write, under its signature. */
export function addHeader(command: PutObjectCommand, name: string, value: string): void {
  command.middlewareStack.add(withHeader(name, value), { name: `header ${name}`, step: "build" });
}

export const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

/** The store's own name of what went wrong. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof S3ServiceException ? error.name : undefined;

/** What node and the SDK say of a connection. */
const isOfTheWay = (error: unknown): boolean => {
  const { name, code, message } = error as NodeJS.ErrnoException;
  return (
    name === "TimeoutError" ||
    name === "AbortError" ||
    name === "AggregateError" ||
    /^(E[A-Z]+|UND_ERR_\w+)$/.test(code ?? "") ||
    /socket hang up|aborted/i.test(message)
  );
};

/** A fault of the store or of the way to it, as such: what it refuses for a reason of its own stays what it is. */
export function faultOf(error: unknown): unknown {
  const status = statusOf(error);
  const away = status === undefined ? isOfTheWay(error) : (status >= 500 && status !== 501) || status === 429;
  return away ? new StoreUnavailableError(error) : error;
}

export const rethrow = (error: unknown): never => {
  throw faultOf(error);
};
