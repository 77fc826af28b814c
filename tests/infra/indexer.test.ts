import { describe, expect, it } from "vitest";
import { full, global, only, type Properties, resources, template } from "./support.ts";

/** The environment of the function that is fed by the queue. */
function environmentOf(cloud: ReturnType<typeof template>): Properties {
  const [, mapping] = resources(cloud, "AWS::Lambda::EventSourceMapping")[0]!;
  const [, fn] = resources(cloud, "AWS::Lambda::Function").find(([id]) => id === mapping["FunctionName"].Ref)!;
  return fn["Environment"].Variables;
}

describe("the indexer's pages", () => {
  it("say where organs file and what the data may be used for", () => {
    expect(environmentOf(template(full))).toMatchObject({
      API_URL: "https://api.nianbao.example",
      LICENCE: "知识共享 署名 4.0",
      LICENCE_URL: "https://creativecommons.org/licenses/by/4.0/deed.zh-hans",
    });
  });

  it("say nothing of a licence that the operator does not state", () => {
    const variables = environmentOf(template(global));
    expect(variables["API_URL"]).toEqual({ "Fn::GetAtt": [expect.stringContaining("FrontHttp"), "ApiEndpoint"] });
    expect(variables).not.toHaveProperty("LICENCE");
  });
});

describe("the indexer's batches", () => {
  const batchesOf = (stage: typeof global) => only(template(stage), "AWS::Lambda::EventSourceMapping")[1];

  it("are large, wait for more, and are as the stage says where it says something", () => {
    expect(batchesOf(global)).toMatchObject({ BatchSize: 500, MaximumBatchingWindowInSeconds: 30 });
    expect(batchesOf({ ...global, indexing: { most: 1000, windowSeconds: 120 } })).toMatchObject({
      BatchSize: 1000,
      MaximumBatchingWindowInSeconds: 120,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
  });

  it.each([
    { most: 0, windowSeconds: 30 },
    { most: 1001, windowSeconds: 30 },
    { most: 100, windowSeconds: 0 },
    { most: 100, windowSeconds: 301 },
    { most: 10.5, windowSeconds: 30 },
  ])("are refused where the queue would not have them: %j", (indexing) => {
    expect(() => template({ ...global, indexing })).toThrow("indexing");
  });
});
