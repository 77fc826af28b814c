import type { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { BUNDLES } from "../../infra/stack.ts";
import { callsOfBatch } from "./batch-calls.ts";
import { BUCKET, type Calls, callsOfApi, callsOfFsck, callsOfImports, callsOfIndexer } from "./calls.ts";
import { callsOfCheck, callsOfRebuild } from "./part-calls.ts";
import { bucketPolicy, china, full, global, type Properties, resources, type Statement, template } from "./support.ts";

/** What a part's role may do, action by action: prefixes of the bucket, or the resource. */
function allowed(of: Template, part: string): Record<string, string[]> {
  const table: Record<string, string[]> = {};
  const roles = resources(of, "AWS::IAM::Policy").filter(([id]) => id.startsWith(`${part}FunctionRole`));
  for (const [, { PolicyDocument }] of roles)
    for (const { Action, Resource, Effect } of PolicyDocument.Statement as Statement[]) {
      expect(Effect).toBe("Allow");
      for (const action of [Action].flat())
        table[action] = [
          ...(table[action] ?? []),
          ...[Resource].flat().map((resource) => {
            const text = JSON.stringify(resource);
            const prefix = /"\/([\w/]+)\/\*"/.exec(text)?.[1];
            if (prefix !== undefined) return text.includes("JobsBucket") ? `jobs: ${prefix}` : prefix;
            return /"(\*|\w+)[",]/.exec(text.replace("Fn::GetAtt", "::"))![1]!;
          }),
        ].sort();
    }
  return table;
}

/** What the policy must allow for calls: by S3's actions, and for what is locked the right to lock it. */
function neededFor(calls: Calls, locked: boolean): Record<string, string[]> {
  const table = Object.fromEntries(
    Object.entries(calls).map(([action, prefixes]) => [
      action,
      prefixes.has(BUCKET) ? [expect.stringMatching(/^StorageBucket/)] : [...prefixes].sort(),
    ]),
  );
  const permanent = (table["s3:PutObject"] ?? []).filter((prefix) => ["records", "artefacts"].includes(prefix));
  return { ...table, ...(locked ? { "s3:PutObjectRetention": permanent } : {}) };
}

/** The same of calls to the bucket of jobs. */
const ofJobs = (calls: Calls): Calls =>
  Object.fromEntries(
    Object.entries(calls).map(([action, prefixes]) => [
      action,
      new Set([...prefixes].map((prefix) => `jobs: ${prefix}`)),
    ]),
  );

const both = (a: Calls, b: Calls): Calls =>
  Object.fromEntries(
    [...Object.keys(a), ...Object.keys(b)].map((action) => [
      action,
      (a[action] ?? new Set<string>()).union(b[action] ?? new Set<string>()),
    ]),
  );

/** What may list the bucket of jobs besides. */
const LISTS_JOBS = { "s3:ListBucket": [expect.stringMatching(/^JobsBucket/), expect.stringMatching(/^StorageBucket/)] };

const ownOf = (part: string, traced: boolean) => ({
  "logs:CreateLogStream": [expect.stringMatching(`^${part}FunctionLog`)],
  "logs:PutLogEvents": [expect.stringMatching(`^${part}FunctionLog`)],
  ...(traced ? { "xray:PutTelemetryRecords": ["*"], "xray:PutTraceSegments": ["*"] } : {}),
  "s3:ListBucket": [expect.stringMatching(/^StorageBucket/)],
});

describe.each([global, china, full])("least privilege, exactly what the code does ($name)", (stage) => {
  const cloud = template(stage);
  const locked = stage.objectLockDays !== undefined;
  const signs = stage.log !== undefined && "kms" in stage.log;
  const keys = signs ? stage.log.kms.map(() => expect.stringMatching(/^LogKey/)) : [];
  const OWN = (part: string) => ownOf(part, !stage.region.startsWith("cn-"));

  it("lets the API do what filing, correcting, withdrawing, sealing and mending do, and delete nothing", async () => {
    const calls = await callsOfApi();
    expect(calls).not.toHaveProperty("s3:DeleteObject");
    expect(allowed(cloud, "Api")).toEqual({ ...OWN("Api"), ...neededFor(calls, locked) });
  });

  it("lets what reads the files of others write its own log and traces, and nothing of the bucket", async () => {
    const { "s3:ListBucket": _, ...own } = OWN("Imports");
    expect(allowed(cloud, "Imports")).toEqual({ ...own, ...(await callsOfImports()) });
    const [, fn] = resources(cloud, "AWS::Lambda::Function").find(([id]) => id.startsWith("ImportsFunction"))!;
    expect(fn["Environment"].Variables["BUCKET"]).toBeUndefined();
  });

  it("lets the indexer read what it derives from, write published/, and put back what was swept too early", async () => {
    expect(allowed(cloud, "Indexer")).toEqual({
      ...OWN("Indexer"),
      ...neededFor(await callsOfIndexer(signs), locked),
      ...(signs ? { "kms:Sign": keys, "kms:GetPublicKey": keys } : {}),
      "sqs:ChangeMessageVisibility": [expect.stringMatching(/^IndexerRecords/)],
      "sqs:DeleteMessage": [expect.stringMatching(/^IndexerRecords/)],
      "sqs:GetQueueAttributes": [expect.stringMatching(/^IndexerRecords/)],
      "sqs:GetQueueUrl": [expect.stringMatching(/^IndexerRecords/)],
      "sqs:ReceiveMessage": [expect.stringMatching(/^IndexerRecords/)],
    });
  });

  it("lets fsck read all, mend files and delete orphans, and touch no record and no roster", async () => {
    const calls = await callsOfFsck(stage.log !== undefined);
    for (const action of ["s3:PutObject", "s3:DeleteObject"])
      for (const kept of ["records", "rosters"]) expect(calls[action]).not.toContain(kept);
    const round = await callsOfCheck(stage.log !== undefined);
    for (const action of ["s3:PutObject", "s3:DeleteObject"])
      for (const kept of ["records", "rosters"]) expect(round.store[action]).not.toContain(kept);
    expect(allowed(cloud, "Fsck")).toEqual({
      ...{ ...OWN("Fsck"), ...LISTS_JOBS },
      ...neededFor(both(both(calls, round.store), ofJobs(round.jobs)), locked),
      // The public key alone: what checks the log cannot sign one.
      ...(signs ? { "kms:GetPublicKey": keys } : {}),
    });
  });

  it("lets the rebuild write and remove what is derived, and touch no record, no roster and no log", async () => {
    const { store, jobs } = await callsOfRebuild();
    for (const action of ["s3:PutObject", "s3:DeleteObject"])
      for (const kept of ["records", "rosters"]) expect(store[action]).not.toContain(kept);
    expect(allowed(cloud, "Rebuild")).toEqual({
      ...{ ...OWN("Rebuild"), ...LISTS_JOBS },
      ...neededFor(both(store, ofJobs(jobs)), locked),
    });
    const log = bucketPolicy(cloud).find(({ Sid }) => Sid === "LogWrittenByItsOwn");
    expect(JSON.stringify(log?.Condition)).not.toContain("Rebuild");
  });

  it("lets what reads a batch's files, and what sums them up, touch their own bucket alone", async () => {
    const calls = await callsOfBatch();
    for (const part of ["Files", "Whole"] as const) {
      const { "s3:ListBucket": _, ...own } = OWN(`Batch${part}`);
      const list = { "s3:ListBucket": [expect.stringMatching(/^JobsBucket/)] };
      expect(allowed(cloud, `Batch${part}`)).toEqual({ ...own, ...list, ...neededFor(ofJobs(calls[part]), false) });
      const [, fn] = resources(cloud, "AWS::Lambda::Function").find(([id]) => id.startsWith(`Batch${part}Function`))!;
      expect(fn["Environment"].Variables["BUCKET"]).toEqual({ Ref: expect.stringMatching(/^JobsBucket/) });
    }
    const jobs = resources(cloud, "AWS::IAM::Policy").filter(([id]) => /^Batch\w+FunctionRole/.test(id));
    expect(jobs).toHaveLength(2);
    for (const [, { PolicyDocument }] of jobs) expect(JSON.stringify(PolicyDocument)).not.toContain("StorageBucket");
  });

  it("gives the functions no managed policy", () => {
    for (const [id, role] of resources(cloud, "AWS::IAM::Role"))
      if (id.includes("FunctionRole")) expect(role["ManagedPolicyArns"]).toBeUndefined();
  });
});

describe("the functions", () => {
  const cloud = template(global);
  const functions = resources(cloud, "AWS::Lambda::Function");
  const named = (part: string): Properties => functions.find(([id]) => id.startsWith(`${part}Function`))![1];

  it("run on Node 24 on arm64, traced, each with a log that is kept for a while", () => {
    expect(functions).toHaveLength(7);
    for (const [, fn] of functions)
      expect(fn).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        Handler: "index.handler",
        TracingConfig: { Mode: "Active" },
        LoggingConfig: { LogGroup: { Ref: expect.stringMatching(/FunctionLog/) } },
      });
    for (const [, group] of resources(cloud, "AWS::Logs::LogGroup"))
      expect(group["RetentionInDays"]).toBe(global.logDays);
  });

  it("are the bundles that the build makes", () => {
    expect(Object.values(BUNDLES).map((folder) => folder.replace(/^.*\/dist\//, "dist/"))).toEqual([
      "dist/lambda/api",
      "dist/lambda/imports",
      "dist/lambda/indexer",
      "dist/lambda/fsck",
      "dist/lambda/batch",
      "dist/lambda/rebuild",
    ]);
  });

  it("have one full core where pages are set, and end before the front gives up", () => {
    expect(named("Api")).toMatchObject({ MemorySize: 1769, Timeout: 29 });
  });

  it("end before the front gives up where files are read, as many at once as the stage sets aside", () => {
    expect(named("Imports")).toMatchObject({ MemorySize: 1769, Timeout: 29 });
    expect(named("Imports")["ReservedConcurrentExecutions"]).toBeUndefined();
    const [, reserved] = resources(template(full), "AWS::Lambda::Function").find(([id]) =>
      id.startsWith("ImportsFunction"),
    )!;
    expect(reserved["ReservedConcurrentExecutions"]).toBe(20);
  });

  it("believe the same issuer where a token is taken", () => {
    const [api, imports] = ["Api", "Imports"].map((part) => named(part)["Environment"].Variables);
    const names = Object.keys(imports!).filter((name) => name.startsWith("OIDC_"));
    expect(names).toHaveLength(6);
    for (const name of names) expect(imports![name]).toEqual(api![name]);
  });

  it("know the bucket, the readers' address, and under what name they report", () => {
    for (const [part, service] of [
      ["Api", "api"],
      ["Indexer", "indexer"],
      ["Fsck", "fsck"],
      ["Rebuild", "rebuild"],
    ] as const)
      expect(named(part)["Environment"].Variables).toMatchObject({
        BUCKET: { Ref: expect.stringMatching(/^StorageBucket/) },
        PUBLIC_URL: expect.anything(),
        POWERTOOLS_SERVICE_NAME: service,
        POWERTOOLS_METRICS_NAMESPACE: "Nianbao",
        POWERTOOLS_LOG_LEVEL: "INFO",
      });
  });

  it("make the same pages, whoever makes them", () => {
    const [indexer, fsck, rebuild] = ["Indexer", "Fsck", "Rebuild"].map((part) => named(part)["Environment"].Variables);
    for (const name of ["PUBLIC_URL", "API_URL", "LICENCE", "LICENCE_URL"])
      for (const other of [fsck, rebuild]) expect(other![name]).toEqual(indexer![name]);
    expect(fsck!["API_URL"]).toBeDefined();
  });
});
