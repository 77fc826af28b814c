// The package has no types; this is what the launcher uses of it.
declare module "@20minutes/s3rver" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  interface Metadata {
    readonly etag: string;
    readonly "last-modified": string;
    readonly "content-length": number;
  }
  class S3rver {
    constructor(options: {
      directory: string;
      silent: boolean;
      allowMismatchedSignatures: boolean;
      configureBuckets: readonly { readonly name: string; readonly configs: readonly string[] }[];
    });
    readonly store: {
      getResourcePath(bucket: string, key: string, resource: "object" | "object.md5" | "metadata.json"): string;
      getMetadata(bucket: string, key: string): Promise<Metadata>;
      putMetadata(bucket: string, key: string, metadata: Record<string, string>, md5?: string): Promise<void>;
      putObject(object: {
        readonly bucket: string;
        readonly key: string;
        readonly content: Buffer | NodeJS.ReadableStream;
        readonly metadata: Record<string, string>;
      }): Promise<{ readonly size: number; readonly md5: string }>;
    };
    configureBuckets(): Promise<unknown>;
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
  export = S3rver;
}
