import { readFileSync } from "node:fs";
import { App, Validations } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import { acceptFindings } from "../infra/nag.ts";
import { NianbaoStack } from "../infra/stack.ts";
import { stages } from "../infra/stages.ts";

/** The feature flags that `cdk synth` runs with. */
const { context } = JSON.parse(readFileSync(new URL("../cdk.json", import.meta.url), "utf8")) as {
  context: Record<string, unknown>;
};

describe.each(stages)("the stack of stage $name in $region", (stage) => {
  const app = new App({ context });
  const stack = new NianbaoStack(app, "Test", { stage, env: { region: stage.region } });
  acceptFindings(stack);
  const template = Template.fromStack(stack);
  const partition = stage.region.startsWith("cn-") ? "aws-cn" : "aws";
  type Statement = {
    Sid?: string;
    Effect: string;
    Action: string | string[];
    Resource: unknown;
    Principal?: unknown;
    Condition?: unknown;
  };
  const bucketStatements = Object.values(template.findResources("AWS::S3::BucketPolicy")).flatMap(
    (policy) => policy["Properties"].PolicyDocument.Statement as Statement[],
  );

  it("belongs to the partition of its region", () => {
    expect(stack.partition).toBe(partition);
    expect(JSON.stringify(template.toJSON())).not.toContain(partition === "aws-cn" ? "arn:aws:" : "arn:aws-cn:");
  });

  it("lets the public read published/* and nothing else", () => {
    const open = bucketStatements.filter((s) => s.Effect === "Allow" && JSON.stringify(s.Principal).includes('"*"'));
    expect(open).toHaveLength(1);
    expect(open[0]!.Action).toBe("s3:GetObject");
    expect(JSON.stringify(open[0]!.Resource)).toMatch(/"\/published\/\*"/);
  });

  it("keeps the bucket versioned, encrypted, without ACLs, and on TLS only", () => {
    template.hasResourceProperties("AWS::S3::Bucket", {
      VersioningConfiguration: { Status: "Enabled" },
      BucketEncryption: Match.anyValue(),
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    });
    const denied = bucketStatements.filter(
      (s) => s.Effect === "Deny" && JSON.stringify(s.Condition).includes("aws:SecureTransport"),
    );
    expect(denied).toHaveLength(2);
    for (const bucket of Object.values(template.findResources("AWS::S3::Bucket")))
      expect(bucket["DeletionPolicy"]).toBe("Retain");
  });

  it("gives the function reading and writing under four prefixes, and no delete", () => {
    const statements = Object.values(template.findResources("AWS::IAM::Policy")).flatMap(
      (policy) => policy["Properties"].PolicyDocument.Statement as Statement[],
    );
    expect(statements.flatMap((s) => s.Action).sort()).toEqual(["s3:GetObject", "s3:ListBucket", "s3:PutObject"]);
    const text = JSON.stringify(statements);
    expect([...text.matchAll(/"\/(\w+)\/\*"/g)].map((m) => m[1]).sort()).toEqual([
      "artefacts",
      "published",
      "records",
      "seals",
    ]);
  });

  it("runs on Node 24 on arm64 and keeps its logs for a while", () => {
    template.hasResourceProperties("AWS::Lambda::Function", {
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
    });
    for (const group of Object.values(template.findResources("AWS::Logs::LogGroup")))
      expect(group["Properties"].RetentionInDays).toBe(stage.logDays);
  });

  it("takes filings from signed requests only", () => {
    const routes = Object.values(template.findResources("AWS::ApiGatewayV2::Route")).map((r) => [
      r["Properties"].RouteKey,
      r["Properties"].AuthorizationType,
    ]);
    expect(routes.sort()).toEqual([
      ["GET /{proxy+}", "NONE"],
      ["POST /reports", "AWS_IAM"],
      ["POST /reports/{proxy+}", "AWS_IAM"],
      ["PUT /organs/{proxy+}", "AWS_IAM"],
    ]);
  });

  it("has an alarm for errors, throttles, slowness and 5xx, each with a target", () => {
    const alarms = Object.values(template.findResources("AWS::CloudWatch::Alarm"));
    expect(alarms.map((a) => a["Properties"].MetricName).sort()).toEqual(["5xx", "Duration", "Errors", "Throttles"]);
    for (const alarm of alarms) expect(alarm["Properties"].AlarmActions).toHaveLength(1);
  });
});

describe("cdk-nag", () => {
  it("finds nothing that is not accepted with a reason", () => {
    const app = new App({ context });
    for (const stage of stages)
      acceptFindings(new NianbaoStack(app, `Nag-${stage.name}`, { stage, env: { region: stage.region } }));
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    // Synthesis fails on any violation.
    expect(() => app.synth()).not.toThrow();
  });

  it("would fail for a reason that is taken away", () => {
    const app = new App({ context });
    new NianbaoStack(app, "Nag", { stage: stages[0]!, env: { region: stages[0]!.region } });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    const code = process.exitCode;
    expect(() => app.synth()).toThrow();
    process.exitCode = code;
  });
});
