import { CfnOutput, TimeZone } from "aws-cdk-lib";
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { StepFunctionsStartExecution } from "aws-cdk-lib/aws-scheduler-targets";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Fsck } from "./fsck.ts";
import { type Jobs, WORK } from "./jobs.ts";
import { eachPart, JOB, Machine, step } from "./machine.ts";
import type { MapLimits } from "./stages.ts";

export interface CheckProps {
  readonly jobs: Jobs;
  readonly fsck: Fsck;
  readonly limits: MapLimits;
}

/** A whole round of fsck, shards beside each other: every week, and whenever somebody starts it. */
export class Check extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { jobs, fsck, limits }: CheckProps) {
    super(scope, id);
    jobs.workedOnBy(fsck.function);
    fsck.function.addEnvironment("JOBS_BUCKET", jobs.bucket.bucketName);
    const parts = { bucket: jobs.bucket, prefix: WORK, fn: fsck.function, limits };
    const begin = { step: "begin", job: JOB, atOnce: limits.atOnce };
    const definition = step(this, "List shards", { fn: fsck.function, payload: begin })
      .next(eachPart(this, "Shards", { ...parts, step: "shards" }))
      .next(step(this, "Rest", { fn: fsck.function, payload: { step: "end", job: JOB }, answers: true }));
    const own = { functions: [fsck.function], maps: ["Shards"], bucket: jobs.bucket, prefix: WORK };
    this.machine = new Machine(this, "Steps", { definition, ...own }).machine;
    new CfnOutput(this, "MachineArn", { value: this.machine.stateMachineArn });
    new Schedule(this, "Weekly", {
      description: "nianbao fsck, a whole round",
      schedule: ScheduleExpression.cron({ minute: "0", hour: "1", weekDay: "SUN", timeZone: TimeZone.ASIA_SHANGHAI }),
      target: new StepFunctionsStartExecution(this.machine, {
        input: ScheduleTargetInput.fromObject({ job: `check-${ContextAttribute.executionId}` }),
        retryAttempts: 2,
      }),
    });
  }
}
