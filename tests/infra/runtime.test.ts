import { describe, expect, it } from "vitest";
import type { Stage } from "../../infra/stages.ts";
import { china, ready, resources, template } from "./support.ts";

describe("functions", () => {
  const functions = (stage: Stage) => resources(template(stage), "AWS::Lambda::Function").map(([, fn]) => fn);

  it("are traced, but in China, where they are not", () => {
    for (const fn of functions(ready)) expect(fn["TracingConfig"]).toEqual({ Mode: "Active" });
    for (const fn of functions(china)) expect(fn["TracingConfig"]).toBeUndefined();
  });

  it("run on the runtime that the stage says", () => {
    for (const fn of functions(ready)) expect(fn["Runtime"]).toBe("nodejs24.x");
    for (const fn of functions({ ...china, runtime: "nodejs22.x" })) expect(fn["Runtime"]).toBe("nodejs22.x");
  });
});
