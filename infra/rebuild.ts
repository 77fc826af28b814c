import { CfnOutput, Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { environment } from "./environment.ts";
import { allow, serviceFunction } from "./function.ts";
import type { IndexerProps } from "./indexer.ts";
import { type Jobs, WORK } from "./jobs.ts";
import { eachPart, JOB, Machine, step } from "./machine.ts";
import type { MapLimits } from "./stages.ts";

export interface RebuildProps extends Omit<IndexerProps, "log"> {
  readonly jobs: Jobs;
  readonly limits: MapLimits;
}

/** `nianbao reindex` in parts: every division, then what is of every province, then the root. */
export class Rebuild extends Construct {
  readonly function: LambdaFunction;
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { stage, storage, store, jobs, bundle, apiUrl, limits }: RebuildProps) {
    super(scope, id);
    this.function = serviceFunction(this, "Function", {
      description: "重建索引、目录、订阅源和阅读页，一次一部分",
      bundle,
      memoryMb: 1769,
      timeout: Duration.minutes(15),
      stage,
      environment: environment.rebuild({
        ...store,
        ...{ apiUrl, licence: stage.licence, objectLockDays: stage.objectLockDays },
        jobs: jobs.bucket.bucketName,
      }),
    });
    allow(this.function, storage.bucket, {
      // From swept/ comes back what fsck took for an orphan while its record was being written.
      "s3:GetObject": [
        ...["records", "artefacts", "drafts", "office", "policies", "published", "rebuild", "rosters", "swept"],
      ],
      "s3:PutObject": ["artefacts", "dataset", "office", "published", "rebuild"],
      // What no record leads to.
      "s3:DeleteObject": ["office", "published", "rebuild"],
      ...(stage.objectLockDays === undefined ? {} : { "s3:PutObjectRetention": ["artefacts"] }),
    });
    jobs.workedOnBy(this.function);
    const parts = { bucket: jobs.bucket, prefix: WORK, fn: this.function, limits };
    const whole = (name: string, asked: string, answers = false) =>
      step(this, name, { fn: this.function, payload: { step: asked, job: JOB }, answers });
    const definition = whole("List divisions", "begin")
      .next(eachPart(this, "Divisions", { ...parts, step: "division" }))
      .next(eachPart(this, "Provinces", { ...parts, step: "province" }))
      .next(whole("Root", "end", true));
    const own = { functions: [this.function], maps: ["Divisions", "Provinces"], bucket: jobs.bucket, prefix: WORK };
    this.machine = new Machine(this, "Steps", { definition, ...own }).machine;
    new CfnOutput(this, "MachineArn", { value: this.machine.stateMachineArn });
  }
}
