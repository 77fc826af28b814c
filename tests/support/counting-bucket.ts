import { useCredentials } from "../../local/credentials.ts";
import { S3Store } from "../../src/store/s3.ts";
import { type SimulatedAnswer, SimulatedBucket, type SimulatedRequest } from "./simulated-bucket.ts";

/** How long nothing new may come before what waits is answered, ms: what is sent side by side comes at once. */
const QUIET = 60;

/**
 * An S3 that answers in rounds: whatever is asked waits until nothing more comes, then all of it is answered. What was
 * asked side by side is one round; what waits for an answer before it asks makes another.
 */
export class CountingBucket extends SimulatedBucket {
  /** `GET key`, … by round. */
  rounds: string[][] = [];
  #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #current: string[] = [];

  constructor() {
    super({ dialect: "s3" });
  }

  /** The store of an app, over it. */
  store(): S3Store {
    useCredentials({ accessKeyId: "counting", secretAccessKey: "counting" });
    const requestHandler = this.handler();
    return new S3Store({
      bucket: "b",
      region: "us-east-1",
      endpoint: "http://s3",
      forcePathStyle: true,
      requestHandler,
    });
  }

  override async answer(request: SimulatedRequest): Promise<SimulatedAnswer> {
    const { method, key, query } = request;
    this.#current.push(`${method} ${key === "" ? `list ${query["prefix"]}` : key}`);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.rounds.push(this.#current.sort());
      this.#current = [];
      for (const go of this.#waiting.splice(0)) go();
    }, QUIET);
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return super.answer(request);
  }
}
