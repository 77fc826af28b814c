import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { deploy } from "../../infra/deployment.ts";
import { BUNDLES, type Bundles } from "../../infra/stack.ts";
import { type Stage, stages } from "../../infra/stages.ts";

/** The feature flags that `cdk synth` runs with. */
const { context } = JSON.parse(readFileSync(new URL("../../cdk.json", import.meta.url), "utf8")) as {
  context: Record<string, unknown>;
};
export const newApp = (): App => new App({ context });

const small = mkdtempSync(join(tmpdir(), "nianbao-bundle-"));
writeFileSync(join(small, "index.mjs"), "export const handler = async () => {};\n");
/** A bundle that is quick to copy, where what is in it does not matter. */
export const SMALL: Bundles = { api: small, imports: small, indexer: small, fsck: small, batch: small, rebuild: small };
/** The bundles that are deployed, as far as they are built. */
export const BUILT: Bundles = Object.fromEntries(
  Object.entries(BUNDLES).map(([name, folder]) => [name, existsSync(folder) ? folder : small]),
) as unknown as Bundles;

const [shipped] = stages as [Stage];
const limits = shipped.limits;
/** The stage that ships, with an address in it. */
export const ready: Stage = { ...shipped, alarmEmail: "ops@nianbao.test", protect: true };
/** A bare bucket. */
export const global: Stage = {
  name: "global",
  region: "ap-southeast-1",
  logDays: 180,
  limits,
  delivery: "bucket",
  log: { kms: ["1"] },
  alarmEmail: null,
  protect: true,
};
export const china: Stage = {
  ...global,
  name: "china",
  region: "cn-north-1",
  oidc: { issuer: "https://login.nianbao.test", audience: "nianbao" },
};
const certificate = (region: string): string => `arn:aws:acm:${region}:111122223333:certificate/0a1b2c3d`;
export const domain = {
  api: { name: "api.nianbao.example", certificateArn: certificate("ap-southeast-1") },
  published: { name: "www.nianbao.example", certificateArn: certificate("us-east-1") },
  zone: { id: "Z0123456789", name: "nianbao.example" },
};
/** Every option at once. */
export const full: Stage = {
  ...global,
  name: "full",
  delivery: "cloudfront",
  waf: { requestsPerFiveMinutes: 2000 },
  objectLockDays: 3650,
  log: { kms: ["1", "2"] },
  witnesses: [
    {
      key: "paper.example.cn+5a2aeeda+BAc9KkTBwV8zLHdyhHlBHwqIkgkrNJ+RyXFLiEGk7QBA",
      url: "https://paper.example.cn/witness",
    },
  ],
  importsAtOnce: 20,
  operators: ["arn:aws:iam::111122223333:role/restore"],
  mfa: "required",
  mailFrom: "noreply@nianbao.example",
  domain,
  licence: { label: "知识共享 署名 4.0", url: "https://creativecommons.org/licenses/by/4.0/deed.zh-hans" },
  alarmEmail: "ops@nianbao.test",
  budgetUsd: 200,
};

export const template = (stage: Stage, bundles = SMALL): Template =>
  Template.fromStack(deploy(newApp(), stage, bundles));

/** Properties as a template has them, of any shape. */
export type Properties = ReturnType<Template["findResources"]>[string];
/** The resources of a type: logical id and properties. */
export const resources = (of: Template, type: string): [id: string, properties: Properties][] =>
  Object.entries(of.findResources(type)).map(([id, { Properties = {} }]) => [id, Properties]);

/** The only resource of a type. */
export function only(of: Template, type: string): [id: string, properties: Properties] {
  const found = resources(of, type);
  if (found.length !== 1) throw new Error(`${found.length} resources of ${type}`);
  return found[0]!;
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
  readonly Condition?: Properties;
}

/** The policy of the one bucket with the reports. */
export const bucketPolicy = (of: Template): Statement[] =>
  resources(of, "AWS::S3::BucketPolicy").find(([, { Bucket }]) => Bucket.Ref.startsWith("StorageBucket"))![1][
    "PolicyDocument"
  ].Statement;
