import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, it } from "vitest";
import { example, type Service, startService } from "../support/service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});

describe("the OpenAPI description", () => {
  it("is a valid OpenAPI 3.1 document", async () => {
    const source = await (await service.app.request("/openapi.json")).text();
    const problems = await lintFromString({ source, config: await createConfig({ extends: ["spec"] }) });
    expect(problems.filter((p) => p.severity === "error").map((p) => `${p.location[0]?.pointer} ${p.message}`)).toEqual(
      [],
    );
    expect(JSON.parse(source).openapi).toBe("3.1.0");
  });

  it("describes what the service answers", async () => {
    const description = (await (await service.app.request("/openapi.json")).json()) as {
      components: unknown;
      paths: Record<string, Record<string, unknown>>;
    };
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addSchema(description as object, "openapi");
    const holds = (name: string, value: unknown) => {
      const check = ajv.getSchema(`openapi#/components/schemas/${name}`)!;
      expect(check(value), JSON.stringify(check.errors)).toBe(true);
    };
    const report = await example("hangzhou-2025");
    holds("Report2021", report);
    holds("Receipt", await (await service.post("/reports", report)).json());
    holds("Check", await (await service.post("/reports?dryRun=true", report)).json());
    report["requests"].received.total = 1;
    holds("Problem", await (await service.post("/reports", report)).json());
    holds("Problem", await (await service.post("/reports", report, { authorization: "" })).json());
    holds("Correction", { supersedes: 1, reason: "漏报一件。", report: await example("hangzhou-2025") });
    holds("Withdrawal", { supersedes: 1, reason: "报送主体有误。" });
  });

  it("asks for a token for whatever writes, checks, previews or is not for everybody, and for nothing else", async () => {
    const { paths } = (await (await service.app.request("/openapi.json")).json()) as {
      paths: Record<string, Record<string, { security: unknown[]; responses: Record<string, unknown> }>>;
    };
    for (const [path, operations] of Object.entries(paths))
      for (const [method, { security, responses }] of Object.entries(operations)) {
        // A receipt is read without one; with one it has what was said to the warnings.
        const either = path === "/reports/{uscc}/{year}";
        const secured =
          method !== "get" ||
          /^\/(?:me$|drafts\/|policies\/|desk\/|rollups\/|reminders\/|checks\/|notices\/)/.test(path);
        expect(security, path).toEqual(secured ? [{ bearer: [] }] : either ? [{}, { bearer: [] }] : []);
        for (const status of ["401", "503"]) expect(status in responses, path).toBe(secured || either);
      }
  });
});

describe("the published schemas", () => {
  it.each(["2019", "2021"])(
    "report-%s.schema.json has a Chinese title and a description for every field",
    async (edition) => {
      const schema = (await (await service.app.request(`/schemas/report-${edition}.schema.json`)).json()) as Record<
        string,
        unknown
      >;
      expect(schema["$id"]).toContain(`report-${edition}.schema.json`);
      const walk = (node: Record<string, unknown>, path: string): void => {
        for (const [key, property] of Object.entries(
          (node["properties"] ?? {}) as Record<string, Record<string, unknown>>,
        )) {
          expect(property["title"], `${path}/${key}`).toMatch(/\p{Script=Han}/u);
          expect(property["description"], `${path}/${key}`).toBeTruthy();
          walk(property, `${path}/${key}`);
        }
      };
      walk(schema, "");
      for (const [name, definition] of Object.entries(schema["$defs"] as Record<string, Record<string, unknown>>))
        walk(definition, name);
    },
  );
});
