import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ListMapRunsCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";

/** How an execution stands. */
export interface ExecutionState {
  readonly status: "running" | "succeeded" | "ended";
  /** Why it ended without having succeeded, as Step Functions says it. */
  readonly why?: string;
}

/** How far a Distributed Map of an execution is. */
export interface MapProgress {
  /** The map's label in the definition. */
  readonly label: string;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

const MACHINE = /^arn:(aws[a-z-]*):states:([a-z0-9-]+):(\d{12}):stateMachine:([\w-]+)$/;

/**
 * A state machine of AWS Step Functions, and one execution of it by its name. Its endpoint is the region's unless
 * `AWS_ENDPOINT_URL_SFN` says another.
 */
export class Execution {
  readonly region: string;
  readonly #machine: string;
  readonly #name: string;
  readonly #arn: string;
  readonly #client: SFNClient;

  /** @throws TypeError where that is no ARN of a state machine */
  constructor(machine: string, name: string) {
    const [, partition, region, account, id] = MACHINE.exec(machine) ?? [];
    if (region === undefined) throw new TypeError(`not the ARN of a state machine: ${machine}`);
    this.region = region;
    this.#machine = machine;
    this.#name = name;
    this.#arn = `arn:${partition}:states:${region}:${account}:execution:${id}:${name}`;
    this.#client = new SFNClient({ region, maxAttempts: 5 });
  }

  /** Starts it; asked again with the same input, it is the same execution. */
  async start(input: unknown): Promise<void> {
    const asked = { stateMachineArn: this.#machine, name: this.#name, input: JSON.stringify(input) };
    await this.#client.send(new StartExecutionCommand(asked));
  }

  async state(): Promise<ExecutionState> {
    const { status, error, cause } = await this.#client.send(new DescribeExecutionCommand({ executionArn: this.#arn }));
    if (status === "RUNNING" || status === "PENDING_REDRIVE") return { status: "running" };
    if (status === "SUCCEEDED") return { status: "succeeded" };
    return { status: "ended", why: [status, error, cause].filter((part) => part !== undefined).join(" ") };
  }

  /** The maps that it has begun, in the order of their beginning. */
  async maps(): Promise<readonly MapProgress[]> {
    const { mapRuns = [] } = await this.#client.send(new ListMapRunsCommand({ executionArn: this.#arn }));
    const begun = mapRuns.toSorted((a, b) => Number(a.startDate) - Number(b.startDate));
    return Promise.all(
      begun.map(async ({ mapRunArn = "" }) => {
        const { itemCounts } = await this.#client.send(new DescribeMapRunCommand({ mapRunArn }));
        const { total = 0, succeeded = 0, failed = 0, timedOut = 0, aborted = 0 } = itemCounts ?? {};
        const lost = failed + timedOut + aborted;
        return { label: /\/([^/:]+):/.exec(mapRunArn)?.[1] ?? "", total, done: succeeded + lost, failed: lost };
      }),
    );
  }
}
