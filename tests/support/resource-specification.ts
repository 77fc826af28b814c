/** Templates held against CloudFormation's resource specification, as AWS CDK ships it: what cfn-lint does first of all. */
import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";

type Specification = ReturnType<typeof loadAwsServiceSpecSync>;

/** A type as the specification has it, as far as it is looked at. */
interface Kind {
  readonly type: string;
  readonly allowedValues?: readonly (string | number)[];
  readonly element?: Kind;
  readonly types?: readonly Kind[];
  readonly reference?: object;
}

interface Member {
  readonly required?: boolean;
  readonly type: Kind;
  readonly previousTypes?: readonly Kind[];
}

type Members = Readonly<Record<string, Member>>;

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

let loaded: Specification | undefined;
const specification = (): Specification => {
  loaded ??= loadAwsServiceSpecSync();
  return loaded;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What is known when it is deployed: a reference, a join. */
const isIntrinsic = (value: unknown): boolean => {
  const [name = "", ...others] = isObject(value) ? Object.keys(value) : [];
  return others.length === 0 && (name === "Ref" || name.startsWith("Fn::"));
};

const asNumber = (value: unknown): number | undefined =>
  typeof value === "number" || (typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value))
    ? Number(value)
    : undefined;

const short = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? "undefined";

function scalarFaults({ type, allowedValues }: Kind, value: unknown): string[] | undefined {
  const wrong = [`${short(value)} is no ${type}`];
  const allowed = (given: string | number): string[] =>
    allowedValues && !allowedValues.includes(given) ? [`${short(value)} is none of ${allowedValues.slice(0, 40)}`] : [];
  if (type === "string" || type === "date-time")
    return typeof value === "string" ? allowed(value) : typeof value === "object" ? wrong : [];
  if (type === "boolean") return typeof value === "boolean" || value === "true" || value === "false" ? [] : wrong;
  if (type === "number" || type === "integer") {
    const number = asNumber(value);
    if (number === undefined || (type === "integer" && !Number.isInteger(number))) return wrong;
    return allowed(number);
  }
  if (type === "json" || type === "null") return [];
  return undefined;
}

/** What is wrong with a value, each with where. */
function faultsOf(kind: Kind, value: unknown, at: string): string[] {
  if (isIntrinsic(value)) return [];
  const scalar = scalarFaults(kind, value);
  if (scalar) return scalar.map((fault) => `${at}: ${fault}`);
  const { type, element, types = [], reference } = kind;
  if (type === "array" && element)
    return Array.isArray(value)
      ? value.flatMap((each, i) => faultsOf(element, each, `${at}[${i}]`))
      : [`${at}: ${short(value)} is no list`];
  if (type === "map" && element)
    return isObject(value)
      ? Object.entries(value).flatMap(([name, each]) => faultsOf(element, each, `${at}.${name}`))
      : [`${at}: ${short(value)} is no map`];
  if (type === "union") {
    const all = types.map((each) => faultsOf(each, value, at));
    return all.some((faults) => faults.length === 0) ? [] : (all[0] ?? []);
  }
  if (type === "tag") return membersFaults({ Key: TEXT, Value: TEXT }, value, at);
  if (type === "ref" && reference)
    return membersFaults(specification().get("typeDefinition", reference as never).properties as Members, value, at);
  throw new Error(`not looked at: ${type}`);
}

const TEXT: Member = { required: true, type: { type: "string" } };

function membersFaults(members: Members, value: unknown, at: string): string[] {
  if (!isObject(value)) return [`${at}: ${short(value)} is no object`];
  const missing = Object.entries(members).filter(([name, { required }]) => required && value[name] === undefined);
  return [
    ...missing.map(([name]) => `${at}.${name}: missing`),
    ...Object.entries(value).flatMap(([name, each]) => {
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      if (!member) return [`${at}.${name}: unknown`];
      const { type, previousTypes = [] } = member;
      return faultsOf({ type: "union", types: [type, ...previousTypes] }, each, `${at}.${name}`);
    }),
  ];
}

/** What is wrong with a resource: properties that are unknown, missing, or of another type or value than they may be. */
export function resourceFaults(id: string, { Type, Properties = {} }: Resource): string[] {
  if (Type.startsWith("Custom::") || Type === "AWS::CDK::Metadata") return [];
  const [resource] = specification().lookup("resource", "cloudFormationType", "equals", Type);
  return resource ? membersFaults(resource.properties as Members, Properties, id) : [`${id}: no such type, ${Type}`];
}
