import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import { deploy } from "../../infra/deployment.ts";
import { NianbaoStack } from "../../infra/stack.ts";
import { type Stage, stages } from "../../infra/stages.ts";
import { BUILT, china, domain, full, global, newApp, SMALL, template } from "./support.ts";

const withoutOidc = ({ oidc: _, ...rest }: Stage): Stage => rest;

describe.each(stages)("stage $name", (stage) => {
  it("belongs to the partition of its region", () => {
    const partition = stage.region.startsWith("cn-") ? "aws-cn" : "aws";
    const text = JSON.stringify(template(stage).toJSON());
    expect(text).toContain(`arn:${partition}:`);
    expect(text).not.toContain(partition === "aws-cn" ? "arn:aws:" : "arn:aws-cn:");
  });
});

describe("a stage that cannot be deployed is refused with what is wrong", () => {
  it.each<[string, Stage, RegExp]>([
    ["Cognito in China", withoutOidc(china), /中国区没有 Cognito 用户池.*set oidc/],
    ["CloudFront in China", { ...china, delivery: "cloudfront" }, /中国区的 CloudFront.*delivery "bucket"/],
    ["a web ACL without CloudFront", { ...global, waf: { requestsPerFiveMinutes: 2000 } }, /waf needs delivery/],
    ["a web ACL that shuts readers out", { ...full, waf: { requestsPerFiveMinutes: 5 } }, /至少为100/],
    ["a reader's name without CloudFront", { ...global, domain }, /domain\.published needs delivery/],
    [
      "CloudFront's certificate elsewhere",
      { ...full, domain: { ...domain, published: { ...domain.api } } },
      /ACM certificate of us-east-1/,
    ],
    [
      "the API's certificate elsewhere",
      { ...full, domain: { ...domain, api: { ...domain.published } } },
      /ACM certificate of ap-southeast-1/,
    ],
    ["an issuer without TLS", { ...global, oidc: { issuer: "http://sso.example", audience: "a" } }, /oidc\.issuer/],
    ["a lock of no days", { ...global, objectLockDays: 0 }, /objectLockDays/],
    ["no imports at all", { ...global, importsAtOnce: 0 }, /importsAtOnce/],
    ["a budget that nobody hears of", { ...global, budgetUsd: 10 }, /budgetUsd/],
    ["a name that no domain can have", { ...global, name: "Prod_1" }, /name/],
  ])("%s", (_, stage, message) => {
    expect(() => deploy(newApp(), stage, SMALL)).toThrow(message);
  });

  it("says everything at once", () => {
    const wrong: Stage = { ...withoutOidc(china), delivery: "cloudfront", objectLockDays: -1 };
    expect(() => deploy(newApp(), wrong, SMALL)).toThrow(/oidc[\s\S]*CloudFront[\s\S]*objectLockDays/);
  });
});

describe("cdk-nag", () => {
  it("finds nothing that is not accepted with a reason, in any stage and with every option", () => {
    const app = newApp();
    for (const stage of stages) deploy(app, stage, BUILT);
    deploy(app, full, SMALL);
    deploy(app, { ...global, name: "cdn", delivery: "cloudfront" }, SMALL);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    // Synthesis fails on any violation.
    expect(() => app.synth()).not.toThrow();
  });

  it("would fail for a reason that is taken away", () => {
    const app = newApp();
    new NianbaoStack(app, "Nag", { stage: global, bundles: SMALL, env: { region: global.region } });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    const code = process.exitCode;
    expect(() => app.synth()).toThrow();
    process.exitCode = code;
  });
});
