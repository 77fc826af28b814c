import { expect, it, vi } from "vitest";
import { METRICS_NAMESPACE } from "../../infra/environment.ts";

it("tells of what it could not index by a metric, and gives back those messages alone", async () => {
  Object.assign(process.env, {
    BUCKET: "b",
    AWS_REGION: "us-east-1",
    PUBLIC_URL: "https://example.org",
    API_URL: "https://api.example.org",
    AWS_LAMBDA_FUNCTION_NAME: "indexer",
    POWERTOOLS_SERVICE_NAME: "indexer",
    POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
    POWERTOOLS_DEV: "true",
    POWERTOOLS_METRICS_DISABLED: "false",
  });
  const said = vi.spyOn(console, "log").mockImplementation(() => {});
  const complained = vi.spyOn(console, "error").mockImplementation(() => {});
  const { handler } = await import("../../functions/indexer.lambda.ts");
  const test = JSON.stringify({ Event: "s3:TestEvent" });
  const answer = await handler({
    Records: [
      { messageId: "good", body: test },
      { messageId: "bad", body: "{}" },
    ],
  } as never);
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "bad" }] });
  expect(complained.mock.calls.join()).toContain("not an S3 event notification");
  const metric = JSON.parse(String(said.mock.calls.at(-1)?.[0])) as {
    readonly notIndexed: number;
    readonly service: string;
    readonly _aws: { readonly CloudWatchMetrics: readonly { readonly Namespace: string }[] };
  };
  expect(metric).toMatchObject({ notIndexed: 1, service: "indexer" });
  expect(metric._aws.CloudWatchMetrics).toMatchObject([{ Namespace: METRICS_NAMESPACE }]);
});
