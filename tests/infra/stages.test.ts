import { Validations } from "aws-cdk-lib";
import { Annotations, Match } from "aws-cdk-lib/assertions";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import { deploy } from "../../infra/deployment.ts";
import { NianbaoStack } from "../../infra/stack.ts";
import { type Stage, stages } from "../../infra/stages.ts";
import {
  BUILT,
  china,
  domain,
  full,
  global,
  newApp,
  only,
  type Properties,
  ready,
  resources,
  SMALL,
  template,
} from "./support.ts";

const withoutOidc = ({ oidc: _, ...rest }: Stage): Stage => rest;

describe.each([ready, global, china])("stage $name, by $delivery", (stage) => {
  it("belongs to the partition of its region", () => {
    const partition = stage.region.startsWith("cn-") ? "aws-cn" : "aws";
    const text = JSON.stringify(template(stage).toJSON());
    expect(text).toContain(`arn:${partition}:`);
    expect(text).not.toContain(partition === "aws-cn" ? "arn:aws:" : "arn:aws-cn:");
  });
});

describe("the stage that ships", () => {
  it("is refused until it has an address that alarms reach", () => {
    for (const stage of stages) expect(() => deploy(newApp(), stage, SMALL)).toThrow(/alarmEmail is a placeholder/);
  });

  it("is synthesized as it is where there is no account to deploy to, with a warning of what is to be filled in", () => {
    for (const stage of stages) {
      const stack = deploy(newApp(), stage, SMALL, false);
      const warned = Annotations.fromStack(stack).findWarning(
        "*",
        Match.stringLikeRegexp("alarmEmail is a placeholder"),
      );
      expect(warned).toHaveLength(1);
      expect(() => deploy(newApp(), { ...stage, objectLockDays: 0 }, SMALL, false)).toThrow(/objectLockDays/);
    }
  });

  it("is read through CloudFront, has a budget, alarms that are mailed, and limits", () => {
    const cloud = template(ready);
    expect(resources(cloud, "AWS::CloudFront::Distribution")).toHaveLength(1);
    expect(resources(cloud, "AWS::Budgets::Budget")).toHaveLength(1);
    expect(only(cloud, "AWS::SNS::Subscription")[1]["Endpoint"]).toBe("ops@nianbao.test");
    const { ThrottlingRateLimit, ThrottlingBurstLimit } = only(cloud, "AWS::ApiGatewayV2::Stage")[1][
      "DefaultRouteSettings"
    ];
    expect([ThrottlingRateLimit, ThrottlingBurstLimit]).toEqual([200, 400]);
  });
});

describe("what a failed first deployment leaves", () => {
  it("is nothing that cannot be removed: no stack is protected before a stage says so", () => {
    expect(deploy(newApp(), { ...ready, protect: false }, SMALL).terminationProtection).toBe(false);
    expect(deploy(newApp(), ready, SMALL).terminationProtection).toBe(true);
  });

  it.each([ready, full, china])(
    "is nothing that is kept, and afterwards everything that people wrote is ($name)",
    (stage) => {
      const { Resources } = template(stage).toJSON() as { Resources: Record<string, Properties> };
      const kept = Object.values(Resources).filter(({ DeletionPolicy }) => /^Retain/.test(DeletionPolicy));
      expect(new Set(kept.map(({ DeletionPolicy }) => DeletionPolicy))).toEqual(new Set(["RetainExceptOnCreate"]));
      expect([...new Set(kept.map(({ Type }) => Type))].sort()).toEqual(
        [
          ...(stage.oidc ? [] : ["AWS::Cognito::UserPool"]),
          "AWS::KMS::Key",
          "AWS::Logs::LogGroup",
          "AWS::S3::Bucket",
        ].sort(),
      );
      // Who published what, and who was turned away.
      const logs = Object.entries(Resources).filter(([, { Type }]) => Type === "AWS::Logs::LogGroup");
      expect(logs.filter(([, { DeletionPolicy }]) => DeletionPolicy !== "RetainExceptOnCreate")).toEqual([]);
      expect(logs.length).toBeGreaterThanOrEqual(5);
    },
  );
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
    [
      "an issuer that is nobody's",
      { ...china, oidc: { issuer: "https://login.gov.example/realms/a", audience: "a" } },
      /oidc\.issuer is a placeholder/,
    ],
    ["alarms for nobody's address", { ...global, alarmEmail: "a@office.example" }, /alarmEmail is a placeholder/],
    ["alarms for no address", { ...global, alarmEmail: "office" }, /alarmEmail must be an address/],
    ["a runtime that the bundles are not made for", { ...global, runtime: "nodejs20.x" }, /runtime must be/],
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
    for (const stage of [ready, china]) deploy(app, stage, BUILT);
    deploy(app, full, SMALL);
    deploy(app, { ...global, name: "bare" }, SMALL);
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
