/** AWS Step Functions as far as a machine is started and looked after: four operations of its JSON protocol. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Definition, runMachine, type World } from "./states.ts";

export const MACHINE = "arn:aws:states:us-east-1:111122223333:stateMachine:Batch";

interface Request {
  readonly stateMachineArn?: string;
  readonly name?: string;
  readonly input?: string;
  readonly executionArn?: string;
  readonly mapRunArn?: string;
}

interface Run {
  readonly input: string;
  status: "RUNNING" | "SUCCEEDED" | "FAILED";
  cause?: string;
  readonly maps: Map<string, { total: number; succeeded: number; failed: number }>;
}

async function bodyOf(request: IncomingMessage): Promise<Request> {
  const parts: Uint8Array[] = [];
  for await (const part of request as AsyncIterable<Uint8Array>) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString()) as Request;
}

export class TestStepFunctions {
  /** By the ARN of the execution. */
  readonly runs = new Map<string, Run>();
  readonly #definition: Definition;
  readonly #world: World;
  readonly #server: Server;

  private constructor(definition: Definition, world: World) {
    this.#definition = definition;
    this.#world = world;
    this.#server = createServer(async (request, response) => {
      const operation = String(request.headers["x-amz-target"]).replace("AWSStepFunctions.", "");
      const answer = this.#answer(operation, await bodyOf(request));
      response.writeHead("__type" in answer ? 400 : 200, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify(answer));
    });
  }

  static async start(definition: Definition, world: World): Promise<TestStepFunctions> {
    const service = new TestStepFunctions(definition, world);
    service.#server.listen(0, "127.0.0.1");
    await once(service.#server, "listening");
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #answer(operation: string, request: Request): object {
    if (operation === "StartExecution") return this.#start(request);
    const { executionArn = "", mapRunArn = "" } = request;
    const run = this.runs.get(executionArn || mapRunArn.replace(/:mapRun:(\w+)\/\w+:(.*)$/, ":execution:$1:$2"));
    if (!run) return { __type: "ExecutionDoesNotExist", message: executionArn };
    if (operation === "DescribeExecution") {
      const { status, cause } = run;
      return {
        executionArn,
        status,
        startDate: 1,
        ...(cause === undefined ? {} : { error: "States.TaskFailed", cause }),
      };
    }
    if (operation === "ListMapRuns")
      return {
        mapRuns: [...run.maps.keys()].map((label, i) => ({
          executionArn,
          mapRunArn: executionArn.replace(/:execution:(\w+):(.*)$/, `:mapRun:$1/${label}:$2`),
          startDate: i,
        })),
      };
    if (operation === "DescribeMapRun") {
      const label = /\/(\w+):/.exec(mapRunArn)?.[1] ?? "";
      return { itemCounts: { ...run.maps.get(label), running: 0, pending: 0, timedOut: 0, aborted: 0 } };
    }
    return { __type: "UnknownOperationException", message: operation };
  }

  /** @see API reference of AWS Step Functions, StartExecution: the same name and input are the same execution */
  #start({ stateMachineArn = "", name = "", input = "{}" }: Request): object {
    const executionArn = `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;
    const there = this.runs.get(executionArn);
    if (there && there.input !== input) return { __type: "ExecutionAlreadyExists", message: name };
    if (!there) {
      const run: Run = { input, status: "RUNNING", maps: new Map() };
      this.runs.set(executionArn, run);
      const onMap: NonNullable<World["onMap"]> = (label, counts) => run.maps.set(label, { ...counts });
      runMachine(this.#definition, JSON.parse(input), { ...this.#world, onMap }).then(
        () => {
          run.status = "SUCCEEDED";
        },
        (error: unknown) => {
          [run.status, run.cause] = ["FAILED", String(error)];
        },
      );
    }
    return { executionArn, startDate: 1 };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
