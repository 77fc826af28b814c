import { describe, expect, it } from "vitest";
import { openApi } from "../../functions/openapi.ts";
import { china, domain, full, global, only, resources, template } from "./support.ts";

describe.each([global, china, full])("the front of stage $name", (stage) => {
  const cloud = template(stage);
  const routes = resources(cloud, "AWS::ApiGatewayV2::Route").map(([, route]) => route);

  it("asks every route that writes, or reads what is not for everybody, for a token of the issuer, and leads all else to the function that answers it", () => {
    expect(routes.map((r) => [r["RouteKey"], r["AuthorizationType"], "AuthorizerId" in r]).sort()).toEqual([
      ["$default", "NONE", false],
      ["DELETE /drafts/{uscc}/{year}", "JWT", true],
      ["GET /checks/{division}/{year}", "JWT", true],
      ["GET /desk/{division}/{year}", "JWT", true],
      ["GET /drafts/{uscc}/{year}", "JWT", true],
      ["GET /drafts/{uscc}/{year}/contents/{sha256}", "JWT", true],
      ["GET /drafts/{uscc}/{year}/proof", "JWT", true],
      ["GET /me", "JWT", true],
      ["GET /notices/{uscc}/{year}", "JWT", true],
      ["GET /policies/{place}", "JWT", true],
      ["GET /reminders/{division}/{year}", "JWT", true],
      ["GET /rollups/{division}/{year}", "JWT", true],
      ["POST /desk/{division}/{year}/workbook", "JWT", true],
      ["POST /drafts/{uscc}/{year}/events", "JWT", true],
      ["POST /imports", "JWT", true],
      ["POST /reminders/{division}/{year}", "JWT", true],
      ["POST /reports", "JWT", true],
      ["POST /reports/preview", "JWT", true],
      ["POST /reports/{uscc}/{year}/corrections", "JWT", true],
      ["POST /reports/{uscc}/{year}/versions/{version}/redaction", "JWT", true],
      ["POST /reports/{uscc}/{year}/withdrawal", "JWT", true],
      ["POST /rollups/{division}/{year}", "JWT", true],
      ["PUT /drafts/{uscc}/{year}", "JWT", true],
      ["PUT /organs/{uscc}/seal", "JWT", true],
      ["PUT /policies/{place}", "JWT", true],
      ["PUT /rosters/{division}", "JWT", true],
    ]);
    expect(resources(cloud, "AWS::ApiGatewayV2::Authorizer").map(([, a]) => a)).toMatchObject([
      { AuthorizerType: "JWT", IdentitySource: ["$request.header.Authorization"] },
    ]);
  });

  it("has a route for everything that the API describes, guarded where it writes or is not for everybody", () => {
    const { paths } = openApi("https://example.org") as { paths: Record<string, Record<string, unknown>> };
    const isPrivate = (path: string): boolean =>
      /^\/(?:me$|drafts\/|policies\/|desk\/|rollups\/|reminders\/|checks\/|notices\/)/.test(path);
    for (const [path, methods] of Object.entries(paths))
      for (const method of Object.keys(methods).filter((key) => /^(get|head|put|post|patch|delete)$/.test(key))) {
        const key = `${method.toUpperCase()} ${path}`;
        const route = routes.find((r) => r["RouteKey"] === key) ?? routes.find((r) => r["RouteKey"] === "$default");
        expect(route, key).toBeDefined();
        expect(route!["AuthorizationType"], key).toBe(
          (method === "get" || method === "head") && !isPrivate(path) ? "NONE" : "JWT",
        );
      }
  });

  it("leads files to the function that may write nothing, and nothing else to it", () => {
    const functionOf = (target: unknown): string => {
      const integration = JSON.stringify(target);
      const [, { IntegrationUri }] = resources(cloud, "AWS::ApiGatewayV2::Integration").find(([id]) =>
        integration.includes(`"${id}"`),
      )!;
      return IntegrationUri["Fn::GetAtt"][0];
    };
    for (const route of routes)
      expect(functionOf(route["Target"]), route["RouteKey"]).toMatch(
        route["RouteKey"] === "POST /imports" ? /^ImportsFunction/ : /^ApiFunction/,
      );
  });

  it("limits public reads together and each guarded route, which is there before its limit", () => {
    const [live] = Object.values(cloud.findResources("AWS::ApiGatewayV2::Stage"));
    const { read, write } = stage.limits;
    expect(live!["Properties"].DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: read.rate,
      ThrottlingBurstLimit: read.burst,
    });
    const guarded = routes.filter((r) => r["AuthorizationType"] === "JWT").map((r) => r["RouteKey"]);
    const settings = live!["Properties"].RouteSettings;
    expect(Object.keys(settings).sort()).toEqual(guarded.sort());
    for (const key of guarded) {
      // What is typeset for a look at it, or holds a report against all its sources, costs as much as what writes.
      const { rate, burst } = /^GET (?!\/rollups\/)(?!.*\/proof$)/.test(key) ? read : write;
      expect(settings[key]).toMatchObject({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst });
    }
    const ids = resources(cloud, "AWS::ApiGatewayV2::Route")
      .filter(([, r]) => r["AuthorizationType"] === "JWT")
      .map(([id]) => id);
    expect(live!["DependsOn"]).toEqual(expect.arrayContaining(ids));
  });

  it("logs requests without address, token or person", () => {
    const [, live] = only(cloud, "AWS::ApiGatewayV2::Stage");
    const format = live["AccessLogSettings"].Format as string;
    expect(JSON.parse(format)).toMatchObject({ requestId: "$context.requestId", status: "$context.status" });
    expect(format).not.toMatch(/sourceIp|claims|userAgent|identity/);
  });
});

describe("a name of the API's own", () => {
  const cloud = template({ ...global, domain: { api: domain.api, zone: domain.zone } });

  it("is served with its certificate over TLS 1.2, in DNS, and the other door is shut", () => {
    cloud.hasResourceProperties("AWS::ApiGatewayV2::DomainName", {
      DomainName: "api.nianbao.example",
      DomainNameConfigurations: [{ CertificateArn: domain.api.certificateArn, SecurityPolicy: "TLS_1_2" }],
    });
    cloud.hasResourceProperties("AWS::ApiGatewayV2::Api", { DisableExecuteApiEndpoint: true });
    cloud.resourceCountIs("AWS::ApiGatewayV2::ApiMapping", 1);
    const records = resources(cloud, "AWS::Route53::RecordSet").map(([, { Name, Type }]) => `${Type} ${Name}`);
    expect(records.sort()).toEqual(["A api.nianbao.example.", "AAAA api.nianbao.example."]);
  });

  it("leaves DNS alone where the zone lies elsewhere, and says what to point at", () => {
    const without = template({ ...global, domain: { api: domain.api } });
    without.resourceCountIs("AWS::Route53::RecordSet", 0);
    expect(Object.keys(without.findOutputs("*")).some((name) => name.includes("ApiTarget"))).toBe(true);
  });
});
