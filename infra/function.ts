import type { Duration, Size } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  Runtime,
  RuntimeFamily,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { KEPT } from "./kept.ts";
import type { Stage } from "./stages.ts";

export interface ServiceFunctionProps {
  readonly description: string;
  /** The folder of the built bundle, the one that the tests start; `index.handler` is its entry. */
  readonly bundle: string;
  readonly memoryMb: number;
  readonly timeout: Duration;
  readonly stage: Pick<Stage, "logDays" | "region" | "runtime">;
  readonly environment: Readonly<Record<string, string>>;
  /** Room for files of its own; half a gibibyte when absent. */
  readonly scratch?: Size;
  /** How many may run at once, set aside for it from what the account has; as many as the account has when absent. */
  readonly atOnce?: number;
}

/** A function of the service: Node on arm64, traced where X-Ray is used, with a role that may write its own log and nothing else yet. */
export function serviceFunction(scope: Construct, id: string, props: ServiceFunctionProps): LambdaFunction {
  const { stage } = props;
  // Who published what is in it.
  const logGroup = new LogGroup(scope, `${id}Log`, { retention: stage.logDays, removalPolicy: KEPT });
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  logGroup.grantWrite(role);
  return new LambdaFunction(scope, id, {
    description: props.description,
    runtime: stage.runtime ? new Runtime(stage.runtime, RuntimeFamily.NODEJS) : Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: "index.handler",
    code: Code.fromAsset(props.bundle, { exclude: ["*.map"] }),
    memorySize: props.memoryMb,
    timeout: props.timeout,
    tracing: stage.region.startsWith("cn-") ? Tracing.DISABLED : Tracing.ACTIVE,
    role,
    logGroup,
    environment: { ...props.environment },
    ...(props.scratch === undefined ? {} : { ephemeralStorageSize: props.scratch }),
    ...(props.atOnce === undefined ? {} : { reservedConcurrentExecutions: props.atOnce }),
  });
}

/** What a function may do with the objects under a prefix. */
export type ObjectAction = "s3:GetObject" | "s3:PutObject" | "s3:DeleteObject" | "s3:PutObjectRetention";
export type Access = Readonly<Partial<Record<ObjectAction, readonly string[]>>>;

/** Lets a function do what the table says, action by action, under the prefixes named and nowhere else. */
export function allow(fn: LambdaFunction, bucket: IBucket, access: Access): void {
  for (const [action, prefixes] of Object.entries(access))
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: [action],
        resources: prefixes.map((prefix) => bucket.arnForObjects(`${prefix}/*`)),
      }),
    );
  // Without a condition on the prefix: S3 answers 404 for what is absent only to those who may list, else 403.
  allowOnBucket(fn, bucket, "s3:ListBucket");
}

/** Lets a function do something with the bucket as a whole. */
export function allowOnBucket(fn: LambdaFunction, bucket: IBucket, ...actions: string[]): void {
  fn.addToRolePolicy(new PolicyStatement({ actions, resources: [bucket.bucketArn] }));
}
