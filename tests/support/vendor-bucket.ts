import { useCredentials } from "../../local/credentials.ts";
import type { DialectName } from "../../src/store/dialect.ts";
import { S3Store } from "../../src/store/s3.ts";
import { SimulatedBucket } from "./simulated-bucket.ts";
import type { MakeBucket } from "./world.ts";

/** A bucket that speaks a vendor's dialect and no other, as our client speaks to it. */
export const vendorBucket =
  (dialect: DialectName): MakeBucket =>
  (modified) => {
    useCredentials({ accessKeyId: "test", secretAccessKey: "test" });
    const bucket = new SimulatedBucket({ dialect, modified });
    const store = new S3Store({
      bucket: "b",
      region: "us-east-1",
      endpoint: "http://bucket",
      forcePathStyle: true,
      dialect,
      requestHandler: bucket.handler(),
    });
    const shared = {
      get: store.get.bind(store),
      create: store.create.bind(store),
      put: store.put.bind(store),
      delete: store.delete.bind(store),
      list: store.list.bind(store),
    };
    return { shared, memory: bucket.memory };
  };
