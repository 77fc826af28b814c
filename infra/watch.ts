import { Aws, Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { NOT_INDEXED } from "../functions/metrics.ts";
import type { Check } from "./check.ts";
import { METRICS_NAMESPACE } from "./environment.ts";
import type { FilingApi } from "./filing-api.ts";
import type { Front } from "./front.ts";
import type { Fsck } from "./fsck.ts";
import type { Imports } from "./imports.ts";
import type { Indexer } from "./indexer.ts";
import type { Stage } from "./stages.ts";
import { PUBLISHED_METRICS, type Storage } from "./storage.ts";

export interface Watched {
  readonly stage: Stage;
  readonly storage: Storage;
  readonly front: Front;
  readonly api: FilingApi;
  readonly imports: Imports;
  readonly indexer: Indexer;
  readonly fsck: Fsck;
  /** Absent in a stage without Step Functions. */
  readonly check: Check | undefined;
}

const period = Duration.minutes(5);

/** The alarms, all sent to one topic; what to do is in docs/OPERATIONS.md under the alarm's name. */
export class Watch extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { stage, storage, front, api, imports, indexer, fsck } = watched;
    this.topic = new Topic(this, "Alarms", { enforceSSL: true });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: "AlarmsOfThisAccount",
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
      }),
    );
    if (stage.alarmEmail) this.topic.addSubscription(new EmailSubscription(stage.alarmEmail));

    this.#alarm("ApiErrors", api.function.metricErrors({ period }), 1, "填报函数出错或超时");
    this.#alarm("ApiThrottles", api.function.metricThrottles({ period }), 1, "填报函数并发不够");
    this.#alarm("ApiSlow", api.function.metricDuration({ period, statistic: "p95" }), 10_000, "填报函数 p95 超过10秒");
    this.#alarm("FrontServerErrors", front.api.metricServerError({ period, statistic: "Sum" }), 1, "接口返回5xx");
    this.#alarm("ImportsErrors", imports.function.metricErrors({ period }), 1, "导入函数出错或超时");
    this.#alarm("ImportsThrottles", imports.function.metricThrottles({ period }), 1, "导入函数并发不够");
    this.#alarm("IndexerErrors", indexer.function.metricErrors({ period }), 1, "索引函数出错或超时");
    this.#alarm("IndexerFailed", notIndexed(), 1, "有公布记录没有编入索引，消息退回了队列");
    this.#alarm("IndexerThrottles", indexer.function.metricThrottles({ period }), 1, "索引函数并发不够");
    this.#alarm(
      "IndexerBehind",
      indexer.queue.metricApproximateAgeOfOldestMessage({ period, statistic: "Maximum" }),
      900,
      "索引落后公布记录15分钟以上",
    );
    this.#alarm(
      "IndexerGaveUp",
      indexer.failed.metricApproximateNumberOfMessagesVisible({ period, statistic: "Maximum" }),
      1,
      "有记录五次都没有编入索引，进了死信队列",
    );
    this.#alarm("FsckFailed", fsck.function.metricErrors({ period }), 1, "夜间核对出错、超时，或发现损坏");
    new Alarm(this, "FsckMissed", {
      metric: fsck.function.metricInvocations({ period: Duration.days(1), statistic: "Sum" }),
      threshold: 1,
      evaluationPeriods: 2,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      alarmDescription: describe("FsckMissed", "夜间核对两天没有运行"),
    }).addAlarmAction(new SnsAction(this.topic));
    if (watched.check)
      this.#alarm("CheckFailed", watched.check.machine.metricFailed({ period }), 1, "一整轮核对没有做完，或发现损坏");
    if (stage.delivery === "bucket")
      this.#alarm(
        "PublishedRefused",
        refused(storage),
        50,
        "已公布的文件多半打不开：桶策略或账户级的公开访问设置被改动",
        3,
      );
  }

  #alarm(name: string, metric: IMetric, threshold: number, what: string, evaluationPeriods = 1): void {
    new Alarm(this, name, {
      metric,
      threshold,
      evaluationPeriods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: describe(name, what),
    }).addAlarmAction(new SnsAction(this.topic));
  }
}

const describe = (name: string, what: string): string => `${what}。怎样处理：docs/OPERATIONS.md 的“${name}”`;

/** What the indexer caught and reported itself: none of its errors to Lambda. */
const notIndexed = (): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: NOT_INDEXED,
    dimensionsMap: { service: "indexer" },
    statistic: "Sum",
    period,
  });

/** A metric of the requests for `published/`. */
export const publishedRequests = ({ bucket }: Storage, metricName: string, statistic: string): Metric =>
  new Metric({
    namespace: "AWS/S3",
    metricName,
    dimensionsMap: { BucketName: bucket.bucketName, FilterId: PUBLISHED_METRICS },
    statistic,
    period,
  });

/** The share of readers' requests that the bucket refuses, per cent, of at least twenty in five minutes. */
const refused = (storage: Storage): MathExpression =>
  new MathExpression({
    expression: "IF(all >= 20, 100 * refused, 0)",
    usingMetrics: {
      all: publishedRequests(storage, "AllRequests", "Sum"),
      refused: publishedRequests(storage, "4xxErrors", "Average"),
    },
    label: "refused, %",
    period,
  });
