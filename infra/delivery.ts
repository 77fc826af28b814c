import { fileURLToPath } from "node:url";
import { CfnOutput, Duration, Stack } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  type AddBehaviorOptions,
  AllowedMethods,
  CachedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  type ResponseHeadersCorsBehavior,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Bucket, type IBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { EMBEDDED_PAGES, EMBEDDED_POLICY, PAGE_POLICY } from "../src/formats/html/page-policy.ts";
import { alias } from "./dns.ts";
import { PRIVATE_BUCKET } from "./kept.ts";
import type { Stage } from "./stages.ts";
import type { Storage } from "./storage.ts";

export interface DeliveryProps {
  readonly stage: Stage;
  readonly storage: Storage;
  /** The web ACL of the stage, if it has one. */
  readonly webAclArn?: string | undefined;
}

const YEAR = Duration.days(365);

const CORS: ResponseHeadersCorsBehavior = {
  accessControlAllowOrigins: ["*"],
  accessControlAllowMethods: ["GET", "HEAD"],
  accessControlAllowHeaders: ["*"],
  accessControlExposeHeaders: ["ETag", "Content-Disposition", "Content-Length", "Content-Range", "x-amz-meta-sha256"],
  accessControlAllowCredentials: false,
  accessControlMaxAge: Duration.days(1),
  originOverride: true,
};

const SECURITY: ResponseSecurityHeadersBehavior = {
  strictTransportSecurity: { accessControlMaxAge: YEAR, includeSubdomains: false, override: true },
  contentTypeOptions: { override: true },
  referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
};

/** How readers get `published/`: from the bucket, or through CloudFront from a bucket that is closed to all others. */
export class Delivery extends Construct {
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly distribution: Distribution | undefined;

  constructor(scope: Construct, id: string, props: DeliveryProps) {
    super(scope, id);
    const { stage, storage } = props;
    if (stage.delivery === "bucket") {
      this.publicUrl = `https://${storage.bucket.bucketRegionalDomainName}/published`;
    } else {
      this.distribution = this.#distribution(props);
      this.publicUrl = `https://${stage.domain?.published?.name ?? this.distribution.distributionDomainName}`;
    }
    new CfnOutput(this, "PublishedUrl", { value: this.publicUrl });
  }

  #distribution({ stage, storage: { bucket }, webAclArn }: DeliveryProps): Distribution {
    const domain = stage.domain?.published;
    const shared: AddBehaviorOptions = {
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachedMethods: CachedMethods.CACHE_GET_HEAD_OPTIONS,
      // Keeps to the objects' own Cache-Control.
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      compress: true,
      functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: this.#viewerRequest() }],
    };
    const pages: AddBehaviorOptions = { ...shared, responseHeadersPolicy: this.#pageHeaders() };
    const embedded: AddBehaviorOptions = { ...shared, responseHeadersPolicy: this.#embeddedHeaders() };
    const access = new S3OriginAccessControl(this, "OriginAccess");
    const origin = S3BucketOrigin.withBucketDefaults(bucket, {
      originPath: "/published",
      originAccessControlId: access.originAccessControlId,
    });
    const distribution = new Distribution(this, "Distribution", {
      comment: `nianbao ${stage.name}: published reports`,
      defaultBehavior: { origin, ...shared, responseHeadersPolicy: this.#dataHeaders() },
      // The first that fits is taken.
      additionalBehaviors: {
        ...Object.fromEntries(EMBEDDED_PAGES.map((path) => [`/${path}`, { origin, ...embedded }])),
        "*/": { origin, ...pages },
        "*.html": { origin, ...pages },
      },
      // A page that the indexer places. The API has an address of its own: its problem documents do not pass here.
      errorResponses: [
        { httpStatus: 404, responseHttpStatus: 404, responsePagePath: "/404.html", ttl: Duration.minutes(1) },
      ],
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      logBucket: this.#logs(stage.logDays),
      logIncludesCookies: false,
      ...(webAclArn ? { webAclId: webAclArn } : {}),
      ...(domain
        ? {
            domainNames: [domain.name],
            certificate: Certificate.fromCertificateArn(this, "Certificate", domain.certificateArn),
          }
        : {}),
    });
    if (domain && stage.domain?.zone)
      alias(this, stage.domain.zone, domain.name, {
        domain: distribution.distributionDomainName,
        zoneId: "Z2FDTNDATAQYW2",
      });
    // Get and list, so that what is absent is 404 and not 403; a listing cannot be asked for, the origin's path forbids it.
    for (const [action, resource] of [
      ["s3:GetObject", bucket.arnForObjects("published/*")],
      ["s3:ListBucket", bucket.bucketArn],
    ] as const)
      bucket.addToResourcePolicy(
        new PolicyStatement({
          sid: action === "s3:GetObject" ? "CloudFrontReads" : "CloudFrontKnowsWhatIsAbsent",
          principals: [new ServicePrincipal("cloudfront.amazonaws.com")],
          actions: [action],
          resources: [resource],
          conditions: { StringEquals: { "aws:SourceArn": this.#arn(distribution) } },
        }),
      );
    new CfnOutput(this, "DistributionDomain", { value: distribution.distributionDomainName });
    return distribution;
  }

  #arn(distribution: Distribution): string {
    return Stack.of(this).formatArn({
      service: "cloudfront",
      region: "",
      resource: "distribution",
      resourceName: distribution.distributionId,
    });
  }

  #viewerRequest(): EdgeFunction {
    return new EdgeFunction(this, "ViewerRequest", {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromFile({ filePath: fileURLToPath(new URL("./viewer-request.js", import.meta.url)) }),
      comment: "folders lead to their index.html",
    });
  }

  #dataHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, "DataHeaders", {
      comment: "files and data",
      corsBehavior: CORS,
      securityHeadersBehavior: SECURITY,
    });
  }

  #pageHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, "PageHeaders", {
      comment: "pages",
      corsBehavior: CORS,
      securityHeadersBehavior: {
        ...SECURITY,
        contentSecurityPolicy: { contentSecurityPolicy: PAGE_POLICY, override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      },
    });
  }

  /** Of the few pages that others may show in theirs: `X-Frame-Options` has no word for that, `frame-ancestors` has. */
  #embeddedHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, "EmbeddedHeaders", {
      comment: "pages that may be framed",
      corsBehavior: CORS,
      securityHeadersBehavior: {
        ...SECURITY,
        contentSecurityPolicy: { contentSecurityPolicy: EMBEDDED_POLICY, override: true },
      },
    });
  }

  /** CloudFront's standard logs are written with an ACL, the only bucket that takes one. */
  #logs(days: number): IBucket {
    return new Bucket(this, "Logs", {
      ...PRIVATE_BUCKET,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ expiration: Duration.days(days) }],
    }) as IBucket;
  }
}
