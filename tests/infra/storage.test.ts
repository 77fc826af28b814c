import type { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { bucketPolicy, china, full, global, resources, type Statement, template } from "./support.ts";

const bucketOf = (of: Template) => resources(of, "AWS::S3::Bucket").find(([id]) => id.startsWith("StorageBucket"))![1];
const isPublic = (s: Statement): boolean => s.Effect === "Allow" && JSON.stringify(s.Principal).includes('"*"');
/** The prefixes that a statement's resources name, `*` for the whole bucket. */
const prefixes = (s: Statement): string[] =>
  [...JSON.stringify(s.Resource).matchAll(/"\/(?:([\w/*]+)\/)?\*"/g)].map(([, prefix]) => prefix ?? "*").sort();
const statement = (of: Template, sid: string): Statement => bucketPolicy(of).find((s) => s.Sid === sid)!;

describe.each([global, china])("the bucket of stage $name", (stage) => {
  const cloud = template(stage);

  it("lets everybody read published/* and nothing else, and nobody list", () => {
    const open = bucketPolicy(cloud).filter(isPublic);
    expect(open.map((s) => [s.Action, prefixes(s)])).toEqual([["s3:GetObject", ["published"]]]);
    for (const [id, { PublicAccessBlockConfiguration: block }] of resources(cloud, "AWS::S3::Bucket"))
      expect(block).toEqual(
        id.startsWith("StorageBucket")
          ? { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: false, RestrictPublicBuckets: false }
          : { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
      );
  });

  it("answers browsers of other sites that read", () => {
    expect(bucketOf(cloud)["CorsConfiguration"].CorsRules).toMatchObject([
      { AllowedOrigins: ["*"], AllowedMethods: ["GET", "HEAD"] },
    ]);
  });
});

describe.each([global, china, full])("what every bucket keeps to ($name)", (stage) => {
  const cloud = template(stage);

  it("is versioned, encrypted, without ACLs, logged, and stays when the stack goes", () => {
    expect(bucketOf(cloud)).toMatchObject({
      VersioningConfiguration: { Status: "Enabled" },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      LoggingConfiguration: { DestinationBucketName: { Ref: expect.stringMatching(/^StorageAccessLogs/) } },
    });
    for (const { Properties, DeletionPolicy } of Object.values(cloud.findResources("AWS::S3::Bucket"))) {
      expect(Properties.BucketEncryption.ServerSideEncryptionConfiguration).toHaveLength(1);
      expect(DeletionPolicy).toBe("RetainExceptOnCreate");
    }
  });

  it("refuses every request without TLS 1.2", () => {
    const policies = resources(cloud, "AWS::S3::BucketPolicy");
    expect(policies).toHaveLength(resources(cloud, "AWS::S3::Bucket").length);
    for (const [, { PolicyDocument }] of policies) {
      const denied = (PolicyDocument.Statement as Statement[]).filter(
        (s) => s.Effect === "Deny" && s.Action === "s3:*",
      );
      expect(denied.map((s) => s.Condition)).toEqual([
        { Bool: { "aws:SecureTransport": "false" } },
        { NumericLessThan: { "s3:TlsVersion": 1.2 } },
      ]);
    }
  });

  it("is written by the service's four roles and by nobody else of the account", () => {
    const closed = statement(cloud, "WrittenByTheServiceAlone");
    expect(closed.Effect).toBe("Deny");
    expect(closed.Principal).toEqual({ AWS: "*" });
    expect(prefixes(closed)).toEqual(["*"]);
    expect(closed.Action).toEqual(
      expect.arrayContaining([
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:BypassGovernanceRetention",
      ]),
    );
    const roles = closed.Condition!["ArnNotLike"]["aws:PrincipalArn"] as unknown[];
    const own = roles.flatMap((role) =>
      typeof role === "string" ? [] : [(role as Record<string, string[]>)["Fn::GetAtt"]![0]],
    );
    const functions = resources(cloud, "AWS::Lambda::Function")
      .filter(([, { Runtime, Handler }]) => Runtime === "nodejs24.x" && Handler === "index.handler")
      .map(([, { Role }]) => Role["Fn::GetAtt"][0] as string);
    // What reads the files of others would be refused even if its role were given a right by mistake.
    expect(own.sort()).toEqual(functions.filter((role) => !/^(?:Imports|Batch)/.test(role)).sort());
    expect(functions).toHaveLength(7);
    expect(own).toHaveLength(4);
    expect(roles.filter((role) => typeof role === "string")).toEqual(stage.operators ?? []);
  });

  it("never overwrites a record, a step, a version of a roster or a policy, or a reminder, whoever asks", () => {
    const guard = statement(cloud, "RecordsAreCreatedOnce");
    expect(guard).toMatchObject({ Effect: "Deny", Action: "s3:PutObject", Principal: { AWS: "*" } });
    expect(prefixes(guard)).toEqual(["drafts/*/events", "policies", "records", "reminders", "rosters"]);
    expect(guard.Condition).toEqual({
      Null: { "s3:if-none-match": "true" },
      Bool: { "s3:ObjectCreationOperation": "true" },
    });
  });

  it("forgets the past of what is derived or saved as one types, never that of records, artefacts and seals", () => {
    const rules = bucketOf(cloud)["LifecycleConfiguration"].Rules as Record<string, unknown>[];
    const expiring = rules.filter((rule) => "NoncurrentVersionExpiration" in rule || "ExpirationInDays" in rule);
    expect(expiring.map((rule) => rule["Prefix"]).sort()).toEqual([
      "drafts/",
      "fsck/",
      "office/",
      "published/",
      "rebuild/",
      "swept/",
    ]);
    expect(rules.some((rule) => "ExpirationInDays" in rule)).toBe(false);
  });
});

describe("object lock", () => {
  it("is off unless a stage asks for it", () => {
    const cloud = template(global);
    expect(bucketOf(cloud)["ObjectLockEnabled"]).toBeUndefined();
    expect(statement(cloud, "WrittenWithRetention")).toBeUndefined();
  });

  it("holds records and artefacts, each from its writing, and leaves what is derived free", () => {
    const cloud = template({ ...global, objectLockDays: 3650 });
    const bucket = bucketOf(cloud);
    expect(bucket["ObjectLockEnabled"]).toBe(true);
    // A default rule would hold every past version of published/ as well.
    expect(bucket["ObjectLockConfiguration"]).toBeUndefined();
    const guard = statement(cloud, "WrittenWithRetention");
    expect(guard).toMatchObject({ Effect: "Deny", Action: "s3:PutObject" });
    expect(prefixes(guard)).toEqual(["artefacts", "records"]);
    expect(guard.Condition!["StringNotEquals"]).toEqual({ "s3:object-lock-mode": "GOVERNANCE" });
    for (const [id, fn] of resources(cloud, "AWS::Lambda::Function"))
      expect(fn["Environment"].Variables.OBJECT_LOCK_DAYS).toBe(/^(?:Imports|Batch)/.test(id) ? undefined : "3650");
  });
});
