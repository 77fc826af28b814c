import { CfnOutput } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  type CfnRoute,
  type CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { ROUTES } from "../functions/routes.ts";
import { alias } from "./dns.ts";
import type { Identity, Pages } from "./identity.ts";
import { KEPT } from "./kept.ts";
import type { Stage } from "./stages.ts";

/**
 * The routes of the table that are routes here as well: those that take a filer's token, which is checked and limited
 * here before a function is called. All else goes one way, to the function that answers whatever is asked: what is
 * public, the pages, and in problem documents what is not there.
 */
const GUARDED = ROUTES.filter(({ token }) => token === "required");

/** No address, no token, nothing of the body. */
const ACCESS_LOG = {
  requestId: "$context.requestId",
  time: "$context.requestTimeEpoch",
  method: "$context.httpMethod",
  path: "$context.path",
  status: "$context.status",
  latency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  authorizerError: "$context.authorizer.error",
  error: "$context.error.message",
};

/** The HTTP API: what comes in from outside. Bodies end at 10 MB here, at 6 MB before Lambda and in the app at 1 MiB, files at 4 MiB. */
export class Front extends Construct {
  readonly api: HttpApi;
  /** Without a slash at the end. */
  readonly url: string;
  readonly pages: Pages;
  readonly #stage: Stage;
  readonly #live: HttpStage;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    this.#stage = stage;
    const own = stage.domain?.api;
    const log = new LogGroup(this, "Log", { retention: stage.logDays, removalPolicy: KEPT });
    log.grantWrite(new ServicePrincipal("apigateway.amazonaws.com"));
    this.api = new HttpApi(this, "Http", {
      apiName: `nianbao-${stage.name}`,
      createDefaultStage: false,
      // With a name of its own the API has no second door.
      disableExecuteApiEndpoint: own !== undefined,
    });
    this.#live = new HttpStage(this, "Live", {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: stage.limits.read.rate, burstLimit: stage.limits.read.burst },
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
      ...(own ? { domainMapping: { domainName: this.#domain(own.name, own.certificateArn) } } : {}),
    });
    this.url = own ? `https://${own.name}` : this.api.apiEndpoint;
    new CfnOutput(this, "ApiUrl", { value: this.url });
    this.pages = { filing: `${this.url}/filing/`, desk: `${this.url}/desk/` };
    new CfnOutput(this, "FilingUrl", { value: this.pages.filing });
    new CfnOutput(this, "DeskUrl", { value: this.pages.desk });
  }

  /** Leads requests to the functions, those that write or read what is not for everybody past the issuer's authorizer. */
  serve(functions: Readonly<Record<"api" | "imports", LambdaFunction>>, { issuer, audience }: Identity): void {
    const integrations = {
      api: new HttpLambdaIntegration("Function", functions.api),
      imports: new HttpLambdaIntegration("Imports", functions.imports),
    };
    const authorizer = new HttpJwtAuthorizer("Filers", issuer, { jwtAudience: [audience] });
    const { read, write } = this.#stage.limits;
    const live = this.#live.node.defaultChild as CfnStage;
    const limits: Record<string, unknown> = {};
    for (const { path, method, handledBy, rate } of GUARDED)
      for (const route of this.api.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration: integrations[handledBy],
        authorizer,
      })) {
        const limit = rate === "read" ? read : write;
        limits[`${method} ${path}`] = {
          ThrottlingRateLimit: limit.rate,
          ThrottlingBurstLimit: limit.burst,
          DetailedMetricsEnabled: true,
        };
        // A limit for a route that is not there yet is refused.
        live.addResourceDependency(route.node.defaultChild as CfnRoute);
      }
    live.routeSettings = limits;
    new HttpRoute(this, "Rest", { httpApi: this.api, routeKey: HttpRouteKey.DEFAULT, integration: integrations.api });
  }

  #domain(name: string, certificateArn: string): DomainName {
    const domain = new DomainName(this, "Domain", {
      domainName: name,
      securityPolicy: SecurityPolicy.TLS_1_2,
      certificate: Certificate.fromCertificateArn(this, "Certificate", certificateArn),
    });
    const { regionalDomainName, regionalHostedZoneId } = domain;
    if (this.#stage.domain?.zone)
      alias(this, this.#stage.domain.zone, name, { domain: regionalDomainName, zoneId: regionalHostedZoneId });
    new CfnOutput(this, "ApiTarget", { value: regionalDomainName });
    return domain;
  }
}
