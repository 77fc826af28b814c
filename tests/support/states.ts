/** A small interpreter of the Amazon States Language: as much of it as our state machines use, and nothing passed over. */
import type { Template } from "aws-cdk-lib/assertions";
import type { Store } from "../../src/store/store.ts";

type Json = unknown;
type Fields = Readonly<Record<string, Json>>;

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts: number;
}

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Resource?: string;
  readonly Parameters?: Fields;
  readonly ResultPath?: string | null;
  readonly Retry?: readonly Retrier[];
  readonly MaxConcurrency?: number;
  readonly ToleratedFailurePercentage?: number;
  readonly Label?: string;
  readonly ItemReader?: {
    readonly Resource: string;
    readonly ReaderConfig: { readonly InputType: string };
    readonly Parameters: Fields;
  };
  readonly ItemSelector?: Fields;
  readonly ItemProcessor?: Definition & {
    readonly ProcessorConfig: { readonly Mode: string; readonly ExecutionType: string };
  };
  readonly ResultWriter?: { readonly Resource: string; readonly Parameters: Fields };
}

export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** What a machine acts on. */
export interface World {
  /** Calls a function by the logical id that it has in the template. @throws what the function throws */
  readonly invoke: (id: string, payload: Json) => Promise<Json>;
  readonly bucket: Store;
  /** Told of each step as it begins. */
  readonly onStep?: (name: string) => void;
  /** Told how far a map is, by its label. */
  readonly onMap?: (label: string, counts: { total: number; succeeded: number; failed: number }) => void;
}

const KNOWN = new Set([
  ...["Type", "Next", "End", "Resource", "Parameters", "ResultPath", "Retry", "MaxConcurrency", "Label"],
  ...["ToleratedFailurePercentage", "ItemReader", "ItemSelector", "ItemProcessor", "ResultWriter"],
]);

const has = (value: Json, name: string): value is Fields =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name);

/** What a reference path leads to. @throws where there is nothing, as States does */
function at(path: string, root: Json): Json {
  return path
    .split(".")
    .slice(1)
    .reduce((value: Json, name) => {
      if (!has(value, name)) throw new Error(`States.Runtime: ${path} leads nowhere`);
      return value[name];
    }, root);
}

/** A field that ends in `.$`: a path of the input, of the context (`$$`), or a text with such in it. */
function evaluated(text: string, input: Json, context: Json): Json {
  if (text.startsWith("$$.")) return at(text.slice(1), context);
  if (text.startsWith("$.")) return at(text, input);
  const [, format, list] = /^States\.Format\('([^']*)', (.*)\)$/.exec(text) ?? [];
  if (format === undefined || list === undefined) throw new Error(`States.Runtime: ${text}`);
  const values = list.split(", ").map((argument) => String(evaluated(argument, input, context)));
  return format.replace(/\{\}/g, () => values.shift() ?? "");
}

const filled = (template: Fields, input: Json, context: Json): Fields =>
  Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith(".$") ? [name.slice(0, -2), evaluated(String(value), input, context)] : [name, value],
    ),
  );

const functionOf = (arn: string): string => {
  const [, id] = /^arn:aws(?:-cn)?:lambda:region:account:function:(\w+)$/.exec(arn) ?? [];
  if (id === undefined) throw new Error(`no function: ${arn}`);
  return id;
};

/** One of our machines at work. */
class Machine {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  async run({ StartAt, States }: Definition, input: Json): Promise<Json> {
    let name = StartAt;
    let data = input;
    for (;;) {
      const state = States[name];
      if (!state) throw new Error(`no state: ${name}`);
      for (const field of Object.keys(state)) if (!KNOWN.has(field)) throw new Error(`not interpreted: ${field}`);
      this.#world.onStep?.(name);
      const result = await this.#retried(state, data);
      if (state.ResultPath === undefined) data = result;
      else if (state.ResultPath !== null) throw new Error(`not interpreted: ResultPath ${state.ResultPath}`);
      if (state.End) return data;
      if (state.Next === undefined) throw new Error(`${name} leads nowhere`);
      name = state.Next;
    }
  }

  async #retried(state: State, input: Json): Promise<Json> {
    const tried = new Map<Retrier, number>();
    for (;;)
      try {
        return state.Type === "Map" ? await this.#map(state, input) : await this.#task(state, input);
      } catch (error) {
        const retrier = state.Retry?.find(({ ErrorEquals }) => ErrorEquals.includes((error as Error).name));
        const times = retrier ? (tried.get(retrier) ?? 0) : 0;
        if (!retrier || times >= retrier.MaxAttempts) throw error;
        tried.set(retrier, times + 1);
      }
  }

  #task({ Type, Resource = "", Parameters = {} }: State, input: Json): Promise<Json> {
    if (Type !== "Task") throw new Error(`not interpreted: ${Type}`);
    // A payload is JSON on its way there and back, and as large as it may be.
    const payload = JSON.stringify(filled(Parameters, input, {}));
    return this.#world.invoke(functionOf(Resource), JSON.parse(payload)).then((answer) => {
      const text = JSON.stringify(answer ?? null);
      if (text.length > 262_144) throw new Error("States.DataLimitExceeded");
      return JSON.parse(text) as Json;
    });
  }

  async #map(state: State, input: Json): Promise<Json> {
    const { ItemReader: reader, ItemSelector = {}, ItemProcessor: processor, ResultWriter: writer } = state;
    if (!reader || !processor || processor.ProcessorConfig.Mode !== "DISTRIBUTED")
      throw new Error("no Distributed Map");
    if (!reader.Resource.endsWith(":states:::s3:getObject") || reader.ReaderConfig.InputType !== "JSON")
      throw new Error(`not interpreted: ${JSON.stringify(reader)}`);
    const { Key } = filled(reader.Parameters, input, {});
    const object = await this.#world.bucket.get(String(Key));
    if (!object) throw new Error(`States.ItemReaderFailed: ${Key}`);
    const items = JSON.parse(new TextDecoder().decode(object.body)) as Json[];
    if (items.length === 0) throw new Error(`States.ItemReaderFailed: nothing in ${Key}`);
    const outcomes: { readonly output?: Json; readonly error?: string }[] = [];
    const counts = { total: items.length, succeeded: 0, failed: 0 };
    const tell = () => this.#world.onMap?.(state.Label ?? "", counts);
    tell();
    // One after another, the last one first: nothing may depend on an order.
    for (const [Index, Value] of [...items.entries()].reverse()) {
      const child = filled(ItemSelector, input, { Map: { Item: { Index, Value } } });
      try {
        outcomes.push({ output: await this.run(processor, child) });
        counts.succeeded += 1;
      } catch (error) {
        outcomes.push({ error: String(error) });
        counts.failed += 1;
      }
      tell();
    }
    if (writer) {
      const { Prefix } = filled(writer.Parameters, input, {});
      await this.#world.bucket.put(`${Prefix}/manifest.json`, JSON.stringify(outcomes), { contentType: "text/plain" });
    }
    if ((100 * counts.failed) / items.length > (state.ToleratedFailurePercentage ?? 0))
      throw new Error(`States.ExceedToleratedFailureThreshold: ${outcomes.find(({ error }) => error)?.error}`);
    return counts;
  }
}

/** Runs a machine to its end. @throws with what ended it before */
export const runMachine = (definition: Definition, input: Json, world: World): Promise<Json> =>
  new Machine(world).run(definition, input);

/** The definition of a machine as CloudFormation resolves it: what is referred to has its logical id for a name. */
export function definitionOf(cloud: Template, id: RegExp): Definition {
  const machines = Object.entries(cloud.findResources("AWS::StepFunctions::StateMachine"));
  const found = machines.find(([name]) => id.test(name));
  if (!found) throw new Error(`no machine ${id} among ${machines.map(([name]) => name)}`);
  const text = found[1]["Properties"].DefinitionString["Fn::Join"][1] as readonly (string | Fields)[];
  return JSON.parse(text.map((part) => (typeof part === "string" ? part : resolved(part))).join("")) as Definition;
}

function resolved(part: Fields): string {
  const { Ref, "Fn::GetAtt": attribute } = part as {
    readonly Ref?: string;
    readonly "Fn::GetAtt"?: readonly [string, string];
  };
  if (Ref === "AWS::Partition") return "aws";
  if (Ref !== undefined) return Ref;
  if (attribute?.[1] !== "Arn") throw new Error(`not resolved: ${JSON.stringify(part)}`);
  return `arn:aws:lambda:region:account:function:${attribute[0]}`;
}
