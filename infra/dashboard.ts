import { Duration } from "aws-cdk-lib";
import { Dashboard, GraphWidget, type IMetric, Metric, TextWidget } from "aws-cdk-lib/aws-cloudwatch";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import type { Delivery } from "./delivery.ts";
import { publishedRequests, type Watched } from "./watch.ts";

const period = Duration.minutes(5);

const graph = (title: string, left: IMetric[], right: IMetric[] = []): GraphWidget =>
  new GraphWidget({ title, left, right, width: 8, height: 6 });

const duration = (fn: LambdaFunction): IMetric[] =>
  ["p50", "p95", "Maximum"].map((statistic) => fn.metricDuration({ period, statistic, label: statistic }));

const trouble = (fn: LambdaFunction): IMetric[] => [
  fn.metricInvocations({ period }),
  fn.metricErrors({ period }),
  fn.metricThrottles({ period }),
];

/** What readers ask for, where it is counted. */
function readers({ storage, stage }: Watched, { distribution }: Delivery): GraphWidget {
  if (stage.delivery === "bucket" || !distribution)
    return graph(
      "读者 · readers (S3)",
      [publishedRequests(storage, "GetRequests", "Sum")],
      [publishedRequests(storage, "4xxErrors", "Sum"), publishedRequests(storage, "5xxErrors", "Sum")],
    );
  // CloudFront counts in us-east-1 alone.
  const metric = (metricName: string, statistic: string): Metric =>
    new Metric({
      namespace: "AWS/CloudFront",
      metricName,
      dimensionsMap: { DistributionId: distribution.distributionId, Region: "Global" },
      statistic,
      period,
      region: "us-east-1",
    });
  return graph(
    "读者 · readers (CloudFront)",
    [metric("Requests", "Sum")],
    [metric("4xxErrorRate", "Average"), metric("5xxErrorRate", "Average")],
  );
}

/** One page that shows whether filing, indexing, checking and reading go well. */
export function dashboard(scope: Construct, watched: Watched, delivery: Delivery): Dashboard {
  const { front, api, imports, indexer, fsck } = watched;
  const board = new Dashboard(scope, "Dashboard", { defaultInterval: Duration.days(1) });
  board.addWidgets(
    new TextWidget({ markdown: "告警怎样处理：`docs/OPERATIONS.md`", width: 24, height: 1 }),
    graph(
      "接口 · API",
      [front.api.metricCount({ period, statistic: "Sum" })],
      [
        front.api.metricClientError({ period, statistic: "Sum" }),
        front.api.metricServerError({ period, statistic: "Sum" }),
      ],
    ),
    graph("填报函数 · api", trouble(api.function)),
    graph("填报函数耗时 · api duration, ms", duration(api.function)),
    graph("导入函数 · imports", trouble(imports.function), duration(imports.function)),
    graph(
      "索引队列 · index queue",
      [
        indexer.queue.metricApproximateNumberOfMessagesVisible({ period, label: "waiting" }),
        indexer.failed.metricApproximateNumberOfMessagesVisible({ period, label: "given up" }),
      ],
      [indexer.queue.metricApproximateAgeOfOldestMessage({ period, label: "age of the oldest, s" })],
    ),
    graph("索引函数 · indexer", trouble(indexer.function), duration(indexer.function)),
    graph("夜间核对 · fsck", trouble(fsck.function), duration(fsck.function)),
    readers(watched, delivery),
  );
  return board;
}
