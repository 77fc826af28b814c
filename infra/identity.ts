import { Aws, CfnOutput, Duration, Stack } from "aws-cdk-lib";
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  ClientAttributes,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  StringAttribute,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolEmail,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import { KEPT } from "./kept.ts";
import type { OidcIssuer, Stage } from "./stages.ts";

/** Whom the API believes: what the front's authorizer and the function check tokens against. */
export interface Identity {
  readonly issuer: string;
  readonly audience: string;
  readonly clientId: string;
  readonly scope: string;
  readonly tokenUse: "access" | "id";
  readonly claims: { readonly organs: string; readonly divisions: string; readonly actions: string };
  /** Origins of its endpoints that are not the issuer's own: the filing pages' policy has to let them through. */
  readonly origins: readonly string[];
}

const external = ({ issuer, audience, clientId, scope, tokenUse, claims, origins }: OidcIssuer): Identity => ({
  issuer,
  audience,
  clientId: clientId ?? audience,
  scope: scope ?? "openid",
  tokenUse: tokenUse ?? "access",
  claims: claims ?? { organs: "nianbao_organs", divisions: "nianbao_divisions", actions: "nianbao_actions" },
  origins: origins ?? [],
});

/** Where the pages are that people sign in at, and take the code: where organs file, and the desk of superior offices. */
export interface Pages {
  readonly filing: string;
  readonly desk: string;
}

/** The issuer of the stage, or a user pool for it. */
export const identityOf = (scope: Construct, stage: Stage, pages: Pages): Identity =>
  stage.oidc ? external(stage.oidc) : new FilersPool(scope, "Filers", { stage, pages });

/** The powers of a filer, kept as custom attributes that only an administrator writes. */
const POWERS = ["organs", "divisions", "actions"] as const;

/** The accounts, which only an administrator makes. */
const userPool = (scope: Construct, stage: Stage, { filing, desk }: Pages): UserPool =>
  new UserPool(scope, "Pool", {
    selfSignUpEnabled: false,
    signInAliases: { username: true, email: true },
    signInCaseSensitive: false,
    standardAttributes: { email: { required: true, mutable: true } },
    customAttributes: Object.fromEntries(
      POWERS.map((name) => [name, new StringAttribute({ mutable: true, maxLen: 2048 })]),
    ),
    autoVerify: { email: true },
    keepOriginal: { email: true },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    mfa: stage.mfa === "required" ? Mfa.REQUIRED : Mfa.OPTIONAL,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(7),
    },
    userInvitation: {
      emailSubject: "政府信息公开年度报告填报系统账号",
      emailBody: `您的用户名是 {username}，临时密码是 {####}（7日内有效，首次登录时更改）。<br>填报网址：<a href="${filing}">${filing}</a><br>上级机关工作台：<a href="${desk}">${desk}</a>`,
    },
    userVerification: {
      emailSubject: "政府信息公开年度报告填报系统验证码",
      emailBody: "您的验证码是 {####}。不是您本人操作的，请不必理会，并告知管理员。",
    },
    ...(stage.mailFrom ? { email: UserPoolEmail.withSES({ fromEmail: stage.mailFrom, sesRegion: stage.region }) } : {}),
    // A pool that is protected would keep a failed first deployment from being taken back.
    deletionProtection: stage.protect === true,
    removalPolicy: KEPT,
  });

/** The pages as a public client: authorization code with PKCE. */
const filingClient = (scope: Construct, pool: UserPool, { filing, desk }: Pages): UserPoolClient =>
  new UserPoolClient(scope, "FilingPages", {
    userPool: pool,
    generateSecret: false,
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID],
      callbackUrls: [filing, desk],
      logoutUrls: [filing, desk],
    },
    // Another system of an organ gets its tokens from a server that holds a role in the account.
    authFlows: { adminUserPassword: true },
    readAttributes: new ClientAttributes()
      .withStandardAttributes({ email: true, emailVerified: true })
      .withCustomAttributes(...POWERS),
    writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.minutes(15),
    idTokenValidity: Duration.minutes(15),
    // A working day.
    refreshTokenValidity: Duration.hours(12),
  });

/** The filers (填报人) and the public client of the filing pages. */
export class FilersPool extends Construct implements Identity {
  readonly issuer: string;
  readonly audience: string;
  readonly clientId: string;
  readonly scope = "openid";
  /** Cognito puts custom attributes into ID tokens alone. */
  readonly tokenUse = "id";
  readonly claims = { organs: "custom:organs", divisions: "custom:divisions", actions: "custom:actions" };
  readonly origins: readonly string[];

  constructor(scope: Construct, id: string, props: { readonly stage: Stage; readonly pages: Pages }) {
    super(scope, id);
    const { stage, pages } = props;
    const pool = userPool(this, stage, pages);
    // The names of domains are one space for all accounts of a region.
    const domain = pool.addDomain("Domain", {
      cognitoDomain: { domainPrefix: `nianbao-${stage.name}-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    const client = filingClient(this, pool, pages);
    // The newer sign-in pages speak Chinese and show nothing to a client without a style.
    new CfnManagedLoginBranding(this, "SignInStyle", {
      userPoolId: pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    this.issuer = `https://cognito-idp.${Stack.of(this).region}.${Aws.URL_SUFFIX}/${pool.userPoolId}`;
    this.audience = client.userPoolClientId;
    this.clientId = client.userPoolClientId;
    this.origins = [domain.baseUrl()];
    new CfnOutput(this, "UserPoolId", { value: pool.userPoolId });
    new CfnOutput(this, "ClientId", { value: this.clientId });
    new CfnOutput(this, "SignInUrl", { value: domain.baseUrl() });
  }
}
