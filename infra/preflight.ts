import type { Stage } from "./stages.ts";

/** What an account answered of a region; undefined where it did not answer. */
export interface Account {
  readonly id: string;
  /** Functions that may run at once, in the region altogether. */
  readonly concurrency: number | undefined;
  /** Whether the account as a whole keeps buckets from being public, whatever their policies. */
  readonly blocksPublicPolicies: boolean | undefined;
  /** The version of CDK's bootstrap stack, by region. */
  readonly bootstrap: Readonly<Record<string, number | undefined>>;
  /** Whether Lambda knows the stage's runtime in the region. */
  readonly runtime: boolean | undefined;
}

export type Severity = "error" | "warning" | "fine" | "unknown";

/** What an account is like where a stage is to be deployed to it. */
export interface Preflight {
  readonly severity: Severity;
  readonly zh: string;
  readonly en: string;
}

/** The runtime of a stage. */
export const runtimeOf = ({ runtime = "nodejs24.x" }: Pick<Stage, "runtime">): string => runtime;

/** Regions that a stage has stacks in. */
export const regionsOf = ({ region, waf }: Pick<Stage, "region" | "waf">): readonly string[] => [
  ...new Set([region, ...(waf ? ["us-east-1"] : [])]),
];

/** The bootstrap that `cdk deploy` asks for at least, and what January takes (docs/OPERATIONS.md). */
const [BOOTSTRAP, JANUARY] = [6, 200];
/** What Lambda keeps from being set aside for one function. */
const UNRESERVED = 100;

const judge = (severity: Severity, zh: string, en: string): Preflight => ({ severity, zh, en });

function concurrencyFor({ importsAtOnce = 0 }: Stage, concurrency: number | undefined): Preflight {
  if (concurrency === undefined)
    return judge("unknown", "Lambda 并发限额没有问到", "Lambda's concurrency was not answered");
  const has = `${concurrency}`;
  if (importsAtOnce > 0 && concurrency < importsAtOnce + UNRESERVED)
    return judge(
      "error",
      `Lambda 并发只有${has}，划不出 importsAtOnce 的${importsAtOnce}（至少还要留${UNRESERVED}）：先申请提高，或不写 importsAtOnce`,
      `Lambda's concurrency is ${has}: importsAtOnce (${importsAtOnce}) cannot be set aside, ${UNRESERVED} must be left; ask for more, or leave importsAtOnce out`,
    );
  return concurrency < JANUARY
    ? judge(
        "warning",
        `Lambda 并发只有${has}，一月要${JANUARY}以上：到 Service Quotas 申请`,
        `Lambda's concurrency is ${has}, January takes ${JANUARY}: ask Service Quotas for more`,
      )
    : judge("fine", `Lambda 并发${has}`, `Lambda's concurrency is ${has}`);
}

function publicAccessFor({ delivery }: Stage, blocks: boolean | undefined): Preflight {
  if (delivery === "cloudfront")
    return judge("fine", "桶不公开，与账户的公开访问设置无关", "the bucket is private, whatever the account blocks");
  if (blocks === undefined)
    return judge("unknown", "账户的公开访问设置没有问到", "what the account blocks of public access was not answered");
  return blocks
    ? judge(
        "error",
        '账户级的“阻止公开访问”开着：delivery: "bucket" 的桶策略会被拒绝。关掉它，或用 "cloudfront"',
        'the account blocks public access: the policy of a public bucket will be refused; turn it off, or use "cloudfront"',
      )
    : judge("fine", "账户允许公开的桶策略", "the account lets a bucket be public");
}

function bootstrapFor(region: string, version: number | undefined): Preflight {
  return version !== undefined && version >= BOOTSTRAP
    ? judge("fine", `${region} 已 bootstrap（${version}）`, `${region} is bootstrapped (${version})`)
    : judge(
        "error",
        `${region} 没有 bootstrap${version === undefined ? "" : `，或太旧（${version}）`}：npx cdk bootstrap`,
        `${region} is not bootstrapped${version === undefined ? "" : ` or too old (${version})`}: npx cdk bootstrap`,
      );
}

function runtimeFor(stage: Stage, known: boolean | undefined): Preflight {
  const runtime = runtimeOf(stage);
  if (known === undefined)
    return judge(
      "unknown",
      `${stage.region} 有没有 ${runtime} 没有问到`,
      `whether ${stage.region} has ${runtime} was not answered`,
    );
  return known
    ? judge("fine", `${stage.region} 有 ${runtime}`, `${stage.region} has ${runtime}`)
    : judge(
        "error",
        `${stage.region} 的 Lambda 不认识 ${runtime}：在阶段里写 runtime: "nodejs22.x"`,
        `Lambda in ${stage.region} does not know ${runtime}: set runtime: "nodejs22.x" in the stage`,
      );
}

/** What stands in the way of a deployment, and what does not. */
export function preflight(stage: Stage, account: Account): readonly Preflight[] {
  return [
    ...regionsOf(stage).map((region) => bootstrapFor(region, account.bootstrap[region])),
    runtimeFor(stage, account.runtime),
    concurrencyFor(stage, account.concurrency),
    publicAccessFor(stage, account.blocksPublicPolicies),
  ];
}
