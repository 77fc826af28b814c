import { ArnFormat, Duration, Stack } from "aws-cdk-lib";
import { Policy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import {
  DefinitionBody,
  DistributedMap,
  type IChainable,
  JsonPath,
  ResultWriterV2,
  S3JsonItemReader,
  StateMachine,
  StateMachineType,
  TaskInput,
} from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import { Construct } from "constructs";
import type { MapLimits } from "./stages.ts";

/** What passes and is worth waiting for: no room for another function just now, a store that does not answer. */
const PASSES = ["Lambda.TooManyRequestsException", "StoreUnavailableError"];

/** A step that a function does; it hears of the job, and its answer is passed on where it is the last. */
export function step(
  scope: Construct,
  id: string,
  { fn, payload, answers = false }: { fn: LambdaFunction; payload: Record<string, string | number>; answers?: boolean },
): LambdaInvoke {
  const invoke = new LambdaInvoke(scope, id, {
    lambdaFunction: fn,
    payloadResponseOnly: true,
    payload: TaskInput.fromObject(payload),
    ...(answers ? {} : { resultPath: JsonPath.DISCARD }),
  });
  invoke.addRetry({ errors: PASSES, interval: Duration.seconds(5), maxAttempts: 8, backoffRate: 1.6 });
  return invoke;
}

/** The job that an execution is of: `{"job": "…"}` is its whole input. */
export const JOB = JsonPath.stringAt("$.job");

export interface EachPartProps {
  readonly bucket: IBucket;
  /** What the keys of a job begin with, before its name. */
  readonly prefix: string;
  /** What the step is called: it names the list of parts, `{prefix}{job}/{step}.json`, and is told to the function. */
  readonly step: string;
  readonly fn: LambdaFunction;
  readonly limits: MapLimits;
}

/** A step done part by part, as a Distributed Map over a list that an earlier step wrote. */
export function eachPart(scope: Construct, id: string, props: EachPartProps): DistributedMap {
  const { bucket, prefix, fn, limits } = props;
  const at = (rest: string): string => JsonPath.format(`${prefix}{}/${rest}`, JOB);
  const map = new DistributedMap(scope, id, {
    label: id,
    mapExecutionType: StateMachineType.STANDARD,
    maxConcurrency: limits.atOnce,
    toleratedFailurePercentage: limits.toleratedFailures,
    itemReader: new S3JsonItemReader({ bucket, key: at(`${props.step}.json`) }),
    itemSelector: { job: JOB, part: JsonPath.stringAt("$$.Map.Item.Value.part") },
    // What became of each part, and why one failed: whoever looks into a run finds it there.
    resultWriterV2: new ResultWriterV2({ bucket, prefix: at(`runs/${props.step}`) }),
    resultPath: JsonPath.DISCARD,
  });
  const payload = { step: props.step, job: JOB, part: JsonPath.stringAt("$.part") };
  map.itemProcessor(step(scope, `${id} a part`, { fn, payload, answers: true }));
  return map;
}

export interface MachineProps {
  readonly definition: IChainable;
  readonly functions: readonly LambdaFunction[];
  /** The labels of its maps. */
  readonly maps: readonly string[];
  /** The bucket with the lists of parts and what became of them. */
  readonly bucket: IBucket;
  /** What the keys there begin with. */
  readonly prefix: string;
}

/** A state machine with a role that may do what its definition does and nothing else. */
export class Machine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { definition, functions, maps, bucket, prefix }: MachineProps) {
    super(scope, id);
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("states.amazonaws.com") });
    this.machine = new StateMachine(this, "Machine", {
      definitionBody: DefinitionBody.fromChainable(definition),
      // What CDK would allow besides: every version of the functions, all of the bucket.
      role: role.withoutPolicyUpdates(),
      timeout: Duration.hours(12),
    });
    const { stateMachineArn, stateMachineName } = this.machine;
    // Of an unattached policy nothing comes into the template.
    this.machine.node.tryRemoveChild("DistributedMapPolicy");
    const executions = (of: string): string =>
      Stack.of(this).formatArn({
        ...{ service: "states", resource: "execution", arnFormat: ArnFormat.COLON_RESOURCE_NAME },
        resourceName: `${stateMachineName}${of}:*`,
      });
    const objects = bucket.arnForObjects(`${prefix}*`);
    role.attachInlinePolicy(
      new Policy(this, "RolePolicy", {
        statements: [
          new PolicyStatement({
            actions: ["lambda:InvokeFunction"],
            resources: functions.map(({ functionArn }) => functionArn),
          }),
          // The parts are executions of the machine itself.
          new PolicyStatement({ actions: ["states:StartExecution"], resources: [stateMachineArn] }),
          new PolicyStatement({
            actions: ["states:DescribeExecution", "states:StopExecution"],
            resources: [executions("")],
          }),
          new PolicyStatement({
            actions: ["states:RedriveExecution"],
            resources: maps.map((label) => executions(`/${label}`)),
          }),
          new PolicyStatement({
            actions: ["s3:GetObject", "s3:PutObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"],
            resources: [objects],
          }),
        ],
      }),
    );
  }
}
