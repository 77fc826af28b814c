import { beforeAll, describe, expect, it } from "vitest";
import { example, type Service, startService } from "../support/service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});

/** An event as API Gateway's HTTP API sends it (payload format 2.0). */
const event = (method: string, path: string, body?: string, isBase64Encoded = false) => ({
  version: "2.0",
  routeKey: "$default",
  rawPath: path,
  rawQueryString: "",
  headers: {
    "content-type": "application/json",
    authorization: service.authorization,
    host: "example.execute-api.ap-southeast-1.amazonaws.com",
    ...(body ? { "content-length": String(Buffer.byteLength(body)) } : {}),
  },
  requestContext: {
    accountId: "123456789012",
    apiId: "example",
    domainName: "example.execute-api.ap-southeast-1.amazonaws.com",
    domainPrefix: "example",
    http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
    requestId: "id",
    routeKey: "$default",
    stage: "$default",
    time: "26/Jan/2026:00:00:00 +0000",
    timeEpoch: 1769385600000,
  },
  ...(body ? { body } : {}),
  isBase64Encoded,
});
const context = { awsRequestId: "8f5b1c5e-2f0a-4a53-9a55-0f6a3c1f7a10", functionName: "api" };

describe("the Lambda handler of the shipped bundle", () => {
  it("says that it is well", async () => {
    const answer = await service.handler(event("GET", "/healthz"), context);
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ status: "ok" });
  });

  it("publishes a report that comes base64-encoded", async () => {
    const body = Buffer.from(JSON.stringify(await example("liaocheng-2020"))).toString("base64");
    const answer = await service.handler(event("POST", "/reports", body, true), context);
    expect(answer.statusCode).toBe(201);
    expect(JSON.parse(answer.body).version).toBe(1);
  });

  it("gives a preview as binary", async () => {
    const report = JSON.stringify(await example("hangzhou-2025"));
    const answer = await service.handler(event("POST", "/reports/preview", report), context);
    expect(answer.statusCode).toBe(200);
    expect(answer.isBase64Encoded).toBe(true);
    expect(Buffer.from(answer.body, "base64").subarray(0, 5).toString()).toBe("%PDF-");
  });

  it("answers a bad body with a problem document", async () => {
    const answer = await service.handler(event("POST", "/reports", "{"), context);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.headers["x-request-id"]).toBe(context.awsRequestId);
    expect(JSON.parse(answer.body).instance).toBe(`urn:uuid:${context.awsRequestId}`);
  });
});
