import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { NOT_INDEXED } from "../../functions/metrics.ts";
import { METRICS_NAMESPACE } from "../../infra/environment.ts";
import { china, full, global, only, resources, type Statement, template } from "./support.ts";

const operations = readFileSync(new URL("../../docs/OPERATIONS.md", import.meta.url), "utf8");

describe.each([global, china, full])("the alarms of stage $name", (stage) => {
  const cloud = template(stage);
  const alarms = resources(cloud, "AWS::CloudWatch::Alarm");
  const names = alarms.map(([, a]) => /“(\w+)”$/.exec(a["AlarmDescription"])![1]!);

  it("cover errors, throttles, slowness, 5xx, the queue, the nightly check, and readers turned away", () => {
    expect(names.sort()).toEqual(
      [
        "ApiErrors",
        "ApiSlow",
        "ApiThrottles",
        "CheckFailed",
        "FrontServerErrors",
        "FsckFailed",
        "FsckMissed",
        "ImportsErrors",
        "ImportsThrottles",
        "IndexerBehind",
        "IndexerErrors",
        "IndexerFailed",
        "IndexerGaveUp",
        "IndexerThrottles",
        ...(stage.delivery === "bucket" ? ["PublishedRefused"] : []),
      ].sort(),
    );
  });

  it("look at what the indexer caught where it reports it, under the one namespace of all functions", () => {
    const [, alarm] = alarms.find(([, a]) => /“IndexerFailed”/.test(a["AlarmDescription"]))!;
    expect(alarm).toMatchObject({
      Namespace: METRICS_NAMESPACE,
      MetricName: NOT_INDEXED,
      Dimensions: [{ Name: "service", Value: "indexer" }],
      Statistic: "Sum",
    });
  });

  it("each tell the topic, and are explained in the handbook", () => {
    const [topic] = only(cloud, "AWS::SNS::Topic");
    for (const [, alarm] of alarms) expect(alarm["AlarmActions"]).toEqual([{ Ref: topic }]);
    for (const name of names) expect(operations).toMatch(new RegExp(`^#+ .*\\b${name}\\b`, "m"));
  });

  it("may write to the topic, over TLS alone", () => {
    const [, policy] = only(cloud, "AWS::SNS::TopicPolicy");
    const statements = policy["PolicyDocument"].Statement as Statement[];
    expect(statements.filter((s) => s.Effect === "Allow")).toMatchObject([
      { Action: "sns:Publish", Principal: { Service: "cloudwatch.amazonaws.com" } },
    ]);
    expect(JSON.stringify(statements.filter((s) => s.Effect === "Deny"))).toContain("aws:SecureTransport");
  });

  it("stand on a dashboard with the queue and the readers", () => {
    const [, board] = only(cloud, "AWS::CloudWatch::Dashboard");
    const text = JSON.stringify(board);
    for (const metric of [
      "AWS/ApiGateway",
      "AWS/Lambda",
      "AWS/SQS",
      stage.delivery === "bucket" ? "AWS/S3" : "AWS/CloudFront",
    ])
      expect(text).toContain(metric);
  });

  it("are mailed where the stage says", () => {
    expect(resources(cloud, "AWS::SNS::Subscription").map(([, s]) => s["Endpoint"])).toEqual(
      stage.alarmEmail ? [stage.alarmEmail] : [],
    );
  });
});

describe.each([global, china])("the indexer's queue of stage $name", (stage) => {
  const cloud = template(stage);
  const queues = resources(cloud, "AWS::SQS::Queue");
  const [records] = queues.filter(([, q]) => q["RedrivePolicy"]);
  const [failed] = queues.filter(([, q]) => !q["RedrivePolicy"]);

  it("hears of every record, every version of a roster and every reminder, and of nothing else", () => {
    const [, bucket] = resources(cloud, "AWS::S3::Bucket").find(([id]) => id.startsWith("StorageBucket"))!;
    expect(bucket["NotificationConfiguration"]).toEqual({
      QueueConfigurations: ["records/", "rosters/", "reminders/"].map((prefix) => ({
        Event: "s3:ObjectCreated:*",
        Queue: { "Fn::GetAtt": [records![0], "Arn"] },
        Filter: { S3Key: { Rules: [{ Name: "prefix", Value: prefix }] } },
      })),
    });
    const [policyId, policy] = resources(cloud, "AWS::SQS::QueuePolicy").find(
      ([, p]) => p["Queues"][0].Ref === records![0],
    )!;
    expect(policy["PolicyDocument"].Statement).toMatchObject([
      { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      {
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sqs:SendMessage",
        Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
      },
    ]);
    const [, { DependsOn }] = Object.entries(cloud.findResources("AWS::S3::Bucket")).find(([id]) =>
      id.startsWith("StorageBucket"),
    )!;
    expect(DependsOn).toContain(policyId);
  });

  it("is encrypted and leads to a dead-letter queue after five tries", () => {
    expect(queues).toHaveLength(2);
    for (const [, queue] of queues)
      expect(queue).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 3600 });
    expect(records![1]["RedrivePolicy"]).toEqual({
      deadLetterTargetArn: { "Fn::GetAtt": [failed![0], "Arn"] },
      maxReceiveCount: 5,
    });
  });

  it("feeds the indexer in batches, few at once, and takes back single messages", () => {
    const [, source] = only(cloud, "AWS::Lambda::EventSourceMapping");
    expect(source).toMatchObject({
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 30,
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
    const [, indexer] = resources(cloud, "AWS::Lambda::Function").find(([id]) => id.startsWith("IndexerFunction"))!;
    expect(records![1]["VisibilityTimeout"]).toBeGreaterThanOrEqual(6 * indexer["Timeout"]);
  });
});

describe("the nightly check", () => {
  it("runs at half past three in China, once", () => {
    const cloud = template(global);
    cloud.hasResourceProperties("AWS::Scheduler::Schedule", {
      ScheduleExpression: "cron(30 3 * * ? *)",
      ScheduleExpressionTimezone: "Asia/Shanghai",
      State: "ENABLED",
    });
    cloud.hasResourceProperties("AWS::Lambda::EventInvokeConfig", { MaximumRetryAttempts: 0 });
  });
});

describe("the budget", () => {
  it("tells of 80 % spent and of a month that will pass it", () => {
    template(full).hasResourceProperties("AWS::Budgets::Budget", {
      Budget: { BudgetType: "COST", TimeUnit: "MONTHLY", BudgetLimit: { Amount: 200, Unit: "USD" } },
      NotificationsWithSubscribers: [
        {
          Notification: { NotificationType: "ACTUAL", Threshold: 80 },
          Subscribers: [{ SubscriptionType: "EMAIL", Address: "ops@nianbao.test" }],
        },
        { Notification: { NotificationType: "FORECASTED", Threshold: 100 } },
      ],
    });
  });

  it("is not there unless a stage asks for it", () => {
    template(global).resourceCountIs("AWS::Budgets::Budget", 0);
  });
});
