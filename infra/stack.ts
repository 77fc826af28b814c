import { fileURLToPath } from "node:url";
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { type CfnStage, HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpIamAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import type { Stage } from "./stages.ts";

const RETENTION = {
  90: RetentionDays.THREE_MONTHS,
  180: RetentionDays.SIX_MONTHS,
  365: RetentionDays.ONE_YEAR,
} as const;

export interface NianbaoStackProps extends StackProps {
  readonly stage: Stage;
  /** The folder of the built Lambda bundle; the one that the tests start. */
  readonly bundle?: string;
}

/** Bucket, function, front, logs, alarms. */
export class NianbaoStack extends Stack {
  constructor(scope: Construct, id: string, props: NianbaoStackProps) {
    super(scope, id, props);
    const { stage } = props;
    const retention = RETENTION[stage.logDays];

    const accessLogs = new Bucket(this, "AccessLogs", {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ expiration: Duration.days(stage.logDays) }],
    });

    // Records and artefacts are private; what lies under published/ is for everybody, by the bucket's policy alone.
    const bucket = new Bucket(this, "Bucket", {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      blockPublicAccess: new BlockPublicAccess({
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: false,
        restrictPublicBuckets: false,
      }),
      removalPolicy: RemovalPolicy.RETAIN,
      serverAccessLogsBucket: accessLogs as IBucket,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: "PublishedIsPublic",
        effect: Effect.ALLOW,
        principals: [new AnyPrincipal()],
        actions: ["s3:GetObject"],
        resources: [bucket.arnForObjects("published/*")],
      }),
    );

    const api = new LambdaFunction(this, "Api", {
      description: "校验、排版、公布政府信息公开工作年度报告",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromAsset(props.bundle ?? fileURLToPath(new URL("../dist/lambda/api", import.meta.url)), {
        exclude: ["*.map"],
      }),
      // 1769 MB is one full core: setting a report is CPU work.
      memorySize: 1769,
      timeout: Duration.seconds(29),
      logGroup: new LogGroup(this, "ApiLogs", { retention, removalPolicy: RemovalPolicy.DESTROY }),
      environment: { BUCKET: bucket.bucketName, PUBLIC_URL: `https://${bucket.bucketRegionalDomainName}/published` },
    });
    // Neither delete nor anything outside these prefixes; the record's create decides a publication.
    api.addToRolePolicy(
      new PolicyStatement({
        actions: ["s3:GetObject", "s3:PutObject"],
        resources: ["artefacts/*", "records/*", "published/*", "seals/*"].map((prefix) => bucket.arnForObjects(prefix)),
      }),
    );
    // Without a condition on the prefix: S3 answers 404 for what is absent only to those who may list, else 403.
    api.addToRolePolicy(new PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }));

    const front = new HttpApi(this, "Http", { createDefaultStage: true });
    const integration = new HttpLambdaIntegration("ApiIntegration", api);
    // Filing takes a request signed by a principal of the account (SigV4); what only reads is open.
    front.addRoutes({ path: "/reports", methods: [HttpMethod.POST], integration, authorizer: new HttpIamAuthorizer() });
    front.addRoutes({
      path: "/reports/{proxy+}",
      methods: [HttpMethod.POST],
      integration,
      authorizer: new HttpIamAuthorizer(),
    });
    front.addRoutes({
      path: "/organs/{proxy+}",
      methods: [HttpMethod.PUT],
      integration,
      authorizer: new HttpIamAuthorizer(),
    });
    front.addRoutes({ path: "/{proxy+}", methods: [HttpMethod.GET], integration });
    const frontLogs = new LogGroup(this, "HttpLogs", { retention, removalPolicy: RemovalPolicy.DESTROY });
    frontLogs.grantWrite(new ServicePrincipal("apigateway.amazonaws.com"));
    const defaultStage = front.defaultStage?.node.defaultChild as CfnStage;
    defaultStage.defaultRouteSettings = { throttlingRateLimit: stage.rate, throttlingBurstLimit: stage.burst };
    defaultStage.accessLogSettings = {
      destinationArn: frontLogs.logGroupArn,
      format: JSON.stringify({
        requestId: "$context.requestId",
        time: "$context.requestTimeEpoch",
        method: "$context.httpMethod",
        path: "$context.path",
        status: "$context.status",
        latency: "$context.responseLatency",
      }),
    };

    const alarms = new Topic(this, "Alarms", { enforceSSL: true });
    if (stage.alarmEmail) alarms.addSubscription(new EmailSubscription(stage.alarmEmail));
    const alarm = (name: string, metric: Metric, threshold: number, description: string): void => {
      new Alarm(this, name, {
        metric,
        threshold,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
        alarmDescription: description,
      }).addAlarmAction(new SnsAction(alarms));
    };
    const period = Duration.minutes(5);
    alarm("ApiErrors", api.metricErrors({ period }), 1, "函数出错：看日志里的 ERROR");
    alarm("ApiThrottles", api.metricThrottles({ period }), 1, "并发不够：提高账户的并发限额");
    alarm("ApiSlow", api.metricDuration({ period, statistic: "p95" }), 10_000, "p95 超过10秒：看内存和存储延迟");
    alarm("ServerErrors", front.metricServerError({ period }), 1, "接口返回5xx");

    new CfnOutput(this, "ApiUrl", { value: front.apiEndpoint });
    new CfnOutput(this, "PublishedUrl", { value: `https://${bucket.bucketRegionalDomainName}/published` });
  }
}
