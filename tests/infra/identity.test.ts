import { describe, expect, it } from "vitest";
import { china, full, global, only, type Properties, resources, template } from "./support.ts";

const apiEnvironment = (of: ReturnType<typeof template>) =>
  resources(of, "AWS::Lambda::Function").find(([id]) => id.startsWith("ApiFunction"))![1]["Environment"].Variables;
const authorizer = (of: ReturnType<typeof template>) => resources(of, "AWS::ApiGatewayV2::Authorizer")[0]![1];

describe.each([global, full])("the user pool of stage $name", (stage) => {
  const cloud = template(stage);
  const [, pool] = only(cloud, "AWS::Cognito::UserPool");
  const [, client] = only(cloud, "AWS::Cognito::UserPoolClient");

  it("has accounts that administrators make, strong passwords, TOTP, recovery by mail", () => {
    expect(pool).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: stage.mfa === "required" ? "ON" : "OPTIONAL",
      EnabledMfas: ["SOFTWARE_TOKEN_MFA"],
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }] },
      Policies: {
        PasswordPolicy: {
          MinimumLength: 12,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
        },
      },
    });
  });

  it("keeps a filer's powers where the filer can read and not write them", () => {
    const powers = ["custom:actions", "custom:divisions", "custom:organs"];
    const custom = (pool["Schema"] as { Name: string }[]).map(({ Name }) => `custom:${Name}`);
    expect(custom).toEqual(expect.arrayContaining(powers));
    expect(client["ReadAttributes"]).toEqual(expect.arrayContaining(powers));
    expect(client["WriteAttributes"]).toEqual(["email"]);
  });

  it("has one public client: authorization code with PKCE, short tokens that can be revoked", () => {
    expect(client).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: "ENABLED",
      AccessTokenValidity: 15,
      IdTokenValidity: 15,
      TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes" },
    });
    // No password goes from a browser to Cognito but on its own page.
    expect(client["ExplicitAuthFlows"].sort()).toEqual(["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]);
    for (const urls of [client["CallbackURLs"], client["LogoutURLs"]]) {
      expect(urls).toHaveLength(2);
      expect(JSON.stringify(urls[0])).toMatch(/\/filing\/"/);
      expect(JSON.stringify(urls[1])).toMatch(/\/desk\/"/);
      for (const url of urls) expect(JSON.stringify(url)).toMatch(/https:|ApiEndpoint/);
    }
  });

  it("is what the front and the function believe", () => {
    const id = resources(cloud, "AWS::Cognito::UserPoolClient")[0]![0];
    const { Issuer, Audience } = authorizer(cloud)["JwtConfiguration"];
    expect(Audience).toEqual([{ Ref: id }]);
    expect(JSON.stringify(Issuer)).toMatch(/https:\/\/cognito-idp\.ap-southeast-1\..*AWS::URLSuffix.*FilersPool/);
    expect(apiEnvironment(cloud)).toMatchObject({
      OIDC_ISSUER: Issuer,
      OIDC_AUDIENCE: { Ref: id },
      OIDC_CLIENT_ID: { Ref: id },
      OIDC_SCOPE: "openid",
      OIDC_TOKEN_USE: "id",
      OIDC_CLAIM_ORGANS: "custom:organs",
      OIDC_CLAIM_DIVISIONS: "custom:divisions",
      OIDC_CLAIM_ACTIONS: "custom:actions",
    });
    // Without it, the filing pages' own policy keeps them from fetching the token.
    expect(JSON.stringify(apiEnvironment(cloud)["OIDC_ORIGINS"])).toMatch(/https:\/\/.*auth.*amazoncognito/);
  });
});

describe.each([true, false])("the user pool of a stage that is protected (%s)", (protect) => {
  it("can be deleted as long as it is not, and stays when the stack goes", () => {
    const cloud = template({ ...global, protect });
    const [[, pool]] = Object.entries(cloud.findResources("AWS::Cognito::UserPool")) as [[string, Properties]];
    expect(pool["Properties"].DeletionProtection).toBe(protect ? "ACTIVE" : "INACTIVE");
    expect(pool["DeletionPolicy"]).toBe("RetainExceptOnCreate");
  });
});

describe("an issuer of the stage's own", () => {
  const oidc = {
    issuer: "https://sso.nianbao.test/realms/gov",
    audience: "nianbao-api",
    clientId: "nianbao-web",
    scope: "openid filing",
    claims: { organs: "orgs", divisions: "areas", actions: "rights" },
  };

  it.each([
    { ...global, oidc },
    { ...china, oidc },
  ])("leaves Cognito out ($name)", (stage) => {
    const cloud = template(stage);
    expect(JSON.stringify(cloud.toJSON())).not.toMatch(/cognito/i);
    expect(authorizer(cloud)["JwtConfiguration"]).toEqual({ Issuer: oidc.issuer, Audience: ["nianbao-api"] });
    expect(apiEnvironment(cloud)).toMatchObject({
      OIDC_ISSUER: oidc.issuer,
      OIDC_AUDIENCE: "nianbao-api",
      OIDC_CLIENT_ID: "nianbao-web",
      OIDC_SCOPE: "openid filing",
      OIDC_TOKEN_USE: "access",
      OIDC_CLAIM_ORGANS: "orgs",
      OIDC_CLAIM_DIVISIONS: "areas",
      OIDC_CLAIM_ACTIONS: "rights",
    });
  });
});
