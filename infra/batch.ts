import { CfnOutput, Duration, Size } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { INBOX } from "../src/batch/parts/job.ts";
import { environment } from "./environment.ts";
import { allow, serviceFunction } from "./function.ts";
import { type Jobs, WORK } from "./jobs.ts";
import { eachPart, JOB, Machine, step } from "./machine.ts";
import type { MapLimits, Stage } from "./stages.ts";

export interface BatchProps {
  readonly stage: Stage;
  readonly jobs: Jobs;
  /** The folder of the built bundle. */
  readonly bundle: string;
  readonly limits: MapLimits;
}

/**
 * `nianbao batch s3://… --cloud`: the files of others are read, in processes of their own, by a function that has no right
 * to what is published; what is said of all of them together by another with more memory, from the same bundle.
 */
export class Batch extends Construct {
  readonly files: LambdaFunction;
  readonly whole: LambdaFunction;
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { stage, jobs, bundle, limits }: BatchProps) {
    super(scope, id);
    const common = {
      ...{ bundle, stage, timeout: Duration.minutes(15) },
      environment: environment.batch({ bucket: jobs.bucket.bucketName }),
    };
    this.files = serviceFunction(this, "FilesFunction", {
      ...common,
      description: "批量核查：读入、校验、排版一部分文件",
      // One full core, and room for the 512 MiB of the process that reads beside the function's own.
      memoryMb: 1769,
      scratch: Size.gibibytes(2),
    });
    this.whole = serviceFunction(this, "WholeFunction", {
      ...common,
      description: "批量核查：列出文件、分配、汇总",
      // Ten thousand reports' narratives and findings are some 300 MB; two cores do not help.
      memoryMb: 3008,
      scratch: Size.gibibytes(4),
    });
    allow(this.files, jobs.bucket, { "s3:GetObject": [INBOX.replace(/\/$/, "")] });
    for (const fn of [this.files, this.whole]) jobs.workedOnBy(fn);
    const parts = { bucket: jobs.bucket, prefix: WORK, fn: this.files, limits };
    const whole = (name: string, asked: string, answers = false) =>
      step(this, name, { fn: this.whole, payload: { step: asked, job: JOB }, answers });
    const definition = whole("List the files", "list")
      .next(eachPart(this, "Read", { ...parts, step: "read" }))
      .next(whole("Plan", "plan"))
      .next(eachPart(this, "Check", { ...parts, step: "check" }))
      .next(whole("Sum up", "summarize", true));
    const functions = [this.files, this.whole];
    const own = { functions, maps: ["Read", "Check"], bucket: jobs.bucket, prefix: WORK };
    this.machine = new Machine(this, "Steps", { definition, ...own }).machine;
    new CfnOutput(this, "MachineArn", { value: this.machine.stateMachineArn });
  }
}
