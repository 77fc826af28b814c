/** The bundles that ship, each in a process that cannot write where it lies, against events as AWS sends them, large ones too. */
import { beforeAll, describe, expect, it } from "vitest";
import { recordKey } from "../../src/publish/record.ts";
import { invoke, type Said } from "../support/lambda.ts";
import { commit } from "../support/records.ts";
import { codeOf } from "../support/roster.ts";
import { example, type LambdaAnswer, type Service, startService } from "../support/service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
  Object.assign(process.env, {
    ...{ API_URL: "https://api.example.org", JOBS_BUCKET: process.env["BUCKET"] },
    ...{ POWERTOOLS_SERVICE_NAME: "test", POWERTOOLS_METRICS_NAMESPACE: "Nianbao" },
  });
});

const MIB = 2 ** 20;
/** What Lambda hands over at most: the event as JSON. */
const PAYLOAD = 6 * MIB;

/** @see docs of API Gateway: the payload that HTTP APIs send to Lambda, format 2.0 */
const httpEvent = (method: string, path: string, body?: string, type = "application/json", base64 = false) => ({
  version: "2.0",
  routeKey: `${method} ${path}`,
  rawPath: path,
  rawQueryString: "",
  headers: {
    accept: "*/*",
    authorization: service.authorization,
    "content-length": String(body === undefined ? 0 : Buffer.byteLength(body)),
    "content-type": type,
    host: "abcdef1234.execute-api.ap-southeast-1.amazonaws.com",
    "x-amzn-trace-id": "Root=1-65a0f0f0-0123456789abcdef01234567",
    "x-forwarded-for": "192.0.2.1",
    "x-forwarded-port": "443",
    "x-forwarded-proto": "https",
  },
  requestContext: {
    accountId: "111122223333",
    apiId: "abcdef1234",
    authorizer: { jwt: { claims: { aud: "nianbao", sub: "clerk" }, scopes: null } },
    domainName: "abcdef1234.execute-api.ap-southeast-1.amazonaws.com",
    domainPrefix: "abcdef1234",
    http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "curl/8.5.0" },
    requestId: "Aa1Bb2Cc3Dd4=",
    routeKey: `${method} ${path}`,
    stage: "$default",
    time: "15/Jan/2026:09:00:00 +0000",
    timeEpoch: 1768467600000,
  },
  ...(body === undefined ? {} : { body }),
  isBase64Encoded: base64,
});

/** @see docs of S3: the structure of event notifications, version 2.2 */
const s3Notification = (key: string) => ({
  Records: [
    {
      eventVersion: "2.2",
      eventSource: "aws:s3",
      awsRegion: "ap-southeast-1",
      eventTime: "2026-01-15T09:00:00.000Z",
      eventName: "ObjectCreated:Put",
      userIdentity: { principalId: "AWS:AROAEXAMPLE:api" },
      requestParameters: { sourceIPAddress: "192.0.2.1" },
      responseElements: {
        "x-amz-request-id": "C3D13FE58DE4C810",
        "x-amz-id-2": "FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG4V5W",
      },
      s3: {
        s3SchemaVersion: "1.0",
        configurationId: "records",
        bucket: {
          name: "nianbao-test",
          ownerIdentity: { principalId: "A3NL1KOZZKExample" },
          arn: "arn:aws:s3:::nianbao-test",
        },
        object: {
          key,
          size: 1024,
          eTag: "d41d8cd98f00b204e9800998ecf8427e",
          sequencer: "0055AED6DCD90281E5",
        },
      },
    },
  ],
});

/** @see docs of S3: events that it sends to EventBridge */
const eventBridge = (key: string) => ({
  version: "0",
  id: "17793124-05d4-b198-2fde-7ededc63b103",
  "detail-type": "Object Created",
  source: "aws.s3",
  account: "111122223333",
  time: "2026-01-15T09:00:00Z",
  region: "ap-southeast-1",
  resources: ["arn:aws:s3:::nianbao-test"],
  detail: {
    version: "0",
    bucket: { name: "nianbao-test" },
    object: { key, size: 5, etag: "b1946ac92492d2347c6235b4d2611184" },
  },
});

/** @see docs of Lambda: the event of an SQS queue */
const sqsEvent = (...bodies: string[]) => ({
  Records: bodies.map((body, i) => ({
    messageId: `message-${i}`,
    receiptHandle: "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
    body,
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: "1768467600000",
      SenderId: "AIDAIENQZJOLO23YVJ4VO",
      ApproximateFirstReceiveTimestamp: "1768467600001",
    },
    messageAttributes: {},
    md5OfBody: "e4e68fb7bd0e697a0ae8f1bb342846b3",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:ap-southeast-1:111122223333:records",
    awsRegion: "ap-southeast-1",
  })),
});

/** What EventBridge's schedules send where they are told nothing else. */
const SCHEDULED = {
  version: "0",
  id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
  "detail-type": "Scheduled Event",
  source: "aws.scheduler",
  account: "111122223333",
  time: "2026-01-15T19:30:00Z",
  region: "ap-southeast-1",
  resources: ["arn:aws:scheduler:ap-southeast-1:111122223333:schedule/default/Nightly"],
  detail: "{}",
};

const httpAnswer = ({ answer, error }: Said): LambdaAnswer => {
  expect(error).toBeUndefined();
  return answer as LambdaAnswer;
};
const statusOf = (said: Said): number => httpAnswer(said).statusCode;

describe("what API Gateway sends", () => {
  it("is answered by the API: reports, what is too large, what is nothing of the kind", async () => {
    const report = JSON.stringify(await example("liaocheng-2020"));
    const most = "x".repeat(PAYLOAD - 4096);
    const said = await invoke("api", [
      httpEvent("GET", "/healthz"),
      httpEvent("POST", "/reports", report),
      httpEvent("POST", "/reports", Buffer.from(report).toString("base64"), "application/json", true),
      httpEvent("POST", "/reports", most),
      httpEvent("POST", "/reports", Buffer.alloc((most.length / 4) * 3).toString("base64"), "application/json", true),
      httpEvent("POST", "/reports", `${most}!`, "application/json", true),
      httpEvent("POST", "/reports", JSON.stringify({ text: most.slice(0, MIB - 100) })),
      httpEvent("GET", `/${"x".repeat(8192)}`),
      { version: "2.0", rawPath: most },
      most,
      null,
    ]);
    expect(said.map(statusOf)).toEqual([200, 201, 200, 413, 413, 400, 422, 404, 400, 400, 400]);
    for (const answer of said.slice(3).map(httpAnswer)) {
      expect(answer.headers["content-type"]).toContain("application/problem+json");
      // It says what is wrong, and not all that was sent.
      expect(answer.body.length).toBeLessThan(20_000);
    }
  });

  it("is answered by the imports: files of 4 MiB read, larger ones refused, as they come", async () => {
    const page = Buffer.concat([Buffer.from("<!doctype html><title>x</title>"), Buffer.alloc(4 * MIB - 4096, "<p>x")]);
    const octets = "application/octet-stream";
    const said = await invoke("imports", [
      httpEvent(
        "POST",
        "/imports",
        Buffer.from(JSON.stringify(await example("hangzhou-2025"))).toString("base64"),
        octets,
        true,
      ),
      httpEvent("POST", "/imports", page.toString("base64"), octets, true),
      httpEvent("POST", "/imports", Buffer.alloc(4 * MIB + 1).toString("base64"), octets, true),
      httpEvent("POST", "/imports", "x".repeat(PAYLOAD - 4096), "text/html"),
      httpEvent("POST", "/imports", "\u0000".repeat(MIB), octets),
      httpEvent("GET", "/imports"),
    ]);
    const [read, large, ...others] = said.map(statusOf);
    expect(read).toBe(200);
    // Read to its end, or given up for what it takes: answered either way.
    expect([200, 400, 422]).toContain(large);
    expect(others).toEqual([413, 413, 400, 405]);
  });
});

describe("what the queue and schedules send", () => {
  const place = { uscc: codeOf("990000", 1), year: 2024 };

  it("is taken up by the indexer: notifications of records, the test that S3 sends, and the rest is given back", async () => {
    await commit(service.store, { ...place, version: 1, kind: "original", organ: "某局", received: 1, day: 5 });
    const [records, test, foreign, schedule] = await invoke("indexer", [
      sqsEvent(JSON.stringify(s3Notification(recordKey(place.uscc, place.year, 1)))),
      sqsEvent(JSON.stringify({ Service: "Amazon S3", Event: "s3:TestEvent", Bucket: "nianbao-test" })),
      sqsEvent(
        JSON.stringify(eventBridge("records/x")),
        "x".repeat(PAYLOAD - 4096),
        "{",
        JSON.stringify(s3Notification("other/x")),
      ),
      SCHEDULED,
    ]);
    expect(records).toEqual({ answer: { batchItemFailures: [] } });
    expect(test).toEqual({ answer: { batchItemFailures: [] } });
    expect(foreign?.error).toBeUndefined();
    expect(foreign?.answer).toMatchObject({
      batchItemFailures: ["message-0", "message-1", "message-2", "message-3"].map((itemIdentifier) => ({
        itemIdentifier,
      })),
    });
    expect(schedule).toEqual({ answer: { batchItemFailures: [] } });
  });

  it("is a night's round to fsck, whatever the schedule says", async () => {
    const said = await invoke("fsck", [SCHEDULED, {}, { detail: "x".repeat(MIB) }]);
    for (const { answer, error } of said)
      expect(error?.message ?? answer).toSatisfy((what) => what === null || /机关/.test(String(what)));
  });
});

describe("what Step Functions sends", () => {
  it("is a step, or refused in a few words", async () => {
    const large = "x".repeat(PAYLOAD - 4096);
    for (const bundle of ["batch", "rebuild", "fsck"]) {
      const said = await invoke(bundle, [
        { step: large, job: "a" },
        { step: "begin", job: large },
        { step: "list", job: large },
        { step: ["list"], job: { a: 1 } },
      ]);
      for (const { error } of said) {
        expect(error?.name, bundle).toBe("TypeError");
        expect(error?.message.length).toBeLessThan(200);
      }
    }
  });

  it("is done where nothing but /tmp can be written", async () => {
    const report = JSON.stringify(await example("liaocheng-2020"));
    const headers = { contentType: "application/json" };
    await service.store.put("inbox/a/report.json", report, headers);
    const job = { format: 1, prefix: "inbox/a/", render: ["pdf"], date: "2026-02-01", title: "a", notices: true };
    await service.store.put("work/a/job.json", JSON.stringify({ ...job, timeout: 60, memory: 512 }), headers);
    const steps = ["list", "read", "plan", "check", "summarize"];
    const said = await invoke(
      "batch",
      steps.map((step) => ({ step, job: "a", part: "00000" })),
    );
    expect(said.map(({ error }) => error)).toEqual(steps.map(() => undefined));
    expect(said.at(-1)?.answer).toMatchObject({ files: 1, organs: 1, outcomes: { failed: 0 } });
  });
});
