import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { deploy } from "../../infra/deployment.ts";
import { CODE_PATTERN } from "../../src/form/uscc.ts";
import {
  bucketPolicy,
  domain,
  full,
  global,
  newApp,
  only,
  type Properties,
  resources,
  SMALL,
  template,
} from "./support.ts";

describe("delivery through CloudFront", () => {
  const cloud = template(full);
  const [, { DistributionConfig: distribution }] = only(cloud, "AWS::CloudFront::Distribution");

  it("leaves no public policy at all", () => {
    for (const [, { PolicyDocument }] of resources(cloud, "AWS::S3::BucketPolicy"))
      for (const { Effect, Principal } of PolicyDocument.Statement)
        if (Effect === "Allow") expect(JSON.stringify(Principal)).not.toContain('"*"');
    for (const [, bucket] of resources(cloud, "AWS::S3::Bucket"))
      expect(Object.values(bucket["PublicAccessBlockConfiguration"])).toEqual([true, true, true, true]);
  });

  it("opens published/ to this one distribution", () => {
    const allowed = bucketPolicy(cloud).filter((s) => s.Effect === "Allow");
    expect(allowed.map((s) => s.Action).sort()).toEqual(["s3:GetObject", "s3:ListBucket"]);
    for (const statement of allowed) {
      expect(statement.Principal).toEqual({ Service: "cloudfront.amazonaws.com" });
      expect(JSON.stringify(statement.Condition!["StringEquals"]["aws:SourceArn"])).toContain("DeliveryDistribution");
    }
    const [read] = allowed.filter((s) => s.Action === "s3:GetObject");
    expect(JSON.stringify(read!.Resource)).toMatch(/"\/published\/\*"/);
    expect(distribution.Origins).toMatchObject([
      { OriginPath: "/published", OriginAccessControlId: expect.anything() },
    ]);
    cloud.hasResourceProperties("AWS::CloudFront::OriginAccessControl", {
      OriginAccessControlConfig: {
        SigningBehavior: "always",
        SigningProtocol: "sigv4",
        OriginAccessControlOriginType: "s3",
      },
    });
  });

  it("speaks HTTPS alone, from TLS 1.2, under the stage's name, and logs without cookies", () => {
    const behaviours = [distribution.DefaultCacheBehavior, ...distribution.CacheBehaviors];
    for (const behaviour of behaviours) {
      expect(behaviour.ViewerProtocolPolicy).toBe("redirect-to-https");
      expect(behaviour.FunctionAssociations).toHaveLength(1);
    }
    expect(distribution.ViewerCertificate).toEqual({
      AcmCertificateArn: domain.published.certificateArn,
      MinimumProtocolVersion: "TLSv1.2_2021",
      SslSupportMethod: "sni-only",
    });
    expect(distribution.Aliases).toEqual(["www.nianbao.example"]);
    expect(distribution.Logging).toMatchObject({ IncludeCookies: false });
    const records = resources(cloud, "AWS::Route53::RecordSet").map(([, { Name, Type }]) => `${Type} ${Name}`);
    expect(records.filter((r) => r.includes("www")).sort()).toEqual([
      "A www.nianbao.example.",
      "AAAA www.nianbao.example.",
    ]);
  });

  it("tells readers' browsers what to keep to: pages by a policy, data open to other sites", () => {
    const policies = Object.fromEntries(
      resources(cloud, "AWS::CloudFront::ResponseHeadersPolicy").map(([id, p]) => [
        id,
        p["ResponseHeadersPolicyConfig"],
      ]),
    );
    const of = (behaviour: { ResponseHeadersPolicyId: { Ref: string } }) =>
      policies[behaviour.ResponseHeadersPolicyId.Ref];
    const pages = distribution.CacheBehaviors;
    expect(pages.map((b: { PathPattern: string }) => b.PathPattern)).toEqual([
      "/embed.html",
      "/embed.en.html",
      "*/",
      "*.html",
    ]);
    for (const policy of [of(distribution.DefaultCacheBehavior), ...pages.map(of)]) {
      expect(policy.SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec).toBe(31_536_000);
      expect(policy.SecurityHeadersConfig.ContentTypeOptions).toEqual({ Override: true });
      expect(policy.CorsConfig).toMatchObject({
        AccessControlAllowOrigins: { Items: ["*"] },
        AccessControlAllowMethods: { Items: ["GET", "HEAD"] },
        AccessControlAllowCredentials: false,
      });
    }
    for (const page of pages) {
      const { ContentSecurityPolicy: csp } = of(page).SecurityHeadersConfig.ContentSecurityPolicy;
      const framed = page.PathPattern.startsWith("/embed.");
      expect(csp).toContain("script-src 'self'");
      expect(csp).toContain(framed ? "frame-ancestors *" : "frame-ancestors 'none'");
      expect(csp).not.toContain("unsafe");
      expect(of(page).SecurityHeadersConfig.FrameOptions).toEqual(
        framed ? undefined : { FrameOption: "DENY", Override: true },
      );
    }
    expect(of(distribution.DefaultCacheBehavior).SecurityHeadersConfig.ContentSecurityPolicy).toBeUndefined();
  });

  it("answers with a page where there is none, and says that there is none", () => {
    expect(distribution.CustomErrorResponses).toEqual([
      { ErrorCode: 404, ResponseCode: 404, ResponsePagePath: "/404.html", ErrorCachingMinTTL: 60 },
    ]);
  });

  it("tells the function the readers' address", () => {
    const [, api] = resources(cloud, "AWS::Lambda::Function").find(([id]) => id.startsWith("ApiFunction"))!;
    expect(api["Environment"].Variables.PUBLIC_URL).toBe("https://www.nianbao.example");
  });

  it("goes by CloudFront's own name when the stage has none", () => {
    const { domain: _, ...rest } = full;
    const plain = template(rest);
    const [, api] = resources(plain, "AWS::Lambda::Function").find(([id]) => id.startsWith("ApiFunction"))!;
    expect(JSON.stringify(api["Environment"].Variables.PUBLIC_URL)).toContain("DomainName");
  });
});

describe("the web ACL", () => {
  it("is kept in us-east-1 and stands before the distribution", () => {
    const app = newApp();
    deploy(app, full, SMALL);
    const assembly = app.synth();
    const waf = assembly.getStackByName("Nianbao-full-Waf");
    expect(waf.environment.region).toBe("us-east-1");
    const acl = Object.values(waf.template.Resources as Record<string, Properties>).find(
      (r) => r["Type"] === "AWS::WAFv2::WebACL",
    )!;
    expect(acl["Properties"].Scope).toBe("CLOUDFRONT");
    expect(acl["Properties"].Rules.map((rule: { Name: string }) => rule.Name)).toEqual([
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "RateByAddress",
    ]);
    expect(acl["Properties"].Rules[2].Statement.RateBasedStatement.Limit).toBe(2000);
    const stack = assembly.getStackByName("Nianbao-full");
    expect(stack.dependencies.map((d) => d.id)).toContain("Nianbao-full-Waf");
    expect(JSON.stringify(stack.template.Resources)).toMatch(/"WebACLId":\{/);
  });

  it("is not there unless a stage asks for it", () => {
    const { waf: _, ...rest } = full;
    expect(JSON.stringify(template(rest).toJSON())).not.toContain("WebACLId");
  });
});

describe("the function before the cache", () => {
  const code = readFileSync(new URL("../../infra/viewer-request.js", import.meta.url), "utf8");
  const ask = (uri: string) =>
    JSON.parse(JSON.stringify(runInNewContext(`${code}; handler({ request: { uri: ${JSON.stringify(uri)} } })`)));

  it.each([
    ["/", "/index.html"],
    ["/11330100002489015P/2025/", "/11330100002489015P/2025/index.html"],
    ["/divisions/330100/", "/divisions/330100/index.html"],
  ])("leads %s to %s", (uri, to) => expect(ask(uri)).toEqual({ uri: to }));

  it.each(["/11330100002489015P/2025/report.pdf", "/11330100002489015P/2025/v1/SHA256SUMS", "/catalogue.json"])(
    "leaves %s alone",
    (uri) => expect(ask(uri)).toEqual({ uri }),
  );

  it("keeps what was asked for", () => {
    const request = { uri: "/11330100002489015P", querystring: { a: { value: "1" }, b: { value: "" } } };
    expect(runInNewContext(`${code}; handler(${JSON.stringify({ request })})`).headers.location.value).toBe(
      "/11330100002489015P/?a=1&b",
    );
  });

  it.each(["/11330100002489015P", "/11330100002489015P/2025", "/divisions/330100"])(
    "sends %s to the address with a slash",
    (uri) => {
      expect(ask(uri)).toMatchObject({ statusCode: 301, headers: { location: { value: `${uri}/` } } });
    },
  );

  it("knows an organ's code by the pattern of all the rest, which it cannot import", () => {
    expect(code).toContain(CODE_PATTERN.slice(1, -1));
  });

  it("is in the template as it is tested", () => {
    template(full).hasResourceProperties("AWS::CloudFront::Function", {
      FunctionCode: code,
      FunctionConfig: { Runtime: "cloudfront-js-2.0" },
    });
  });
});

describe("delivery from the bucket", () => {
  it("has no distribution", () => {
    template(global).resourceCountIs("AWS::CloudFront::Distribution", 0);
  });
});
