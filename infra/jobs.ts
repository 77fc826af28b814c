import { CfnOutput, Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Bucket, type IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { allow } from "./function.ts";
import { PRIVATE_BUCKET } from "./kept.ts";
import type { JobLimits, Stage } from "./stages.ts";
import type { Storage } from "./storage.ts";

/** Where the stage says nothing: of what an account has, a twentieth; a batch goes on when a few parts fail. */
const USUAL: JobLimits = {
  batch: { atOnce: 50, toleratedFailures: 5 },
  rebuild: { atOnce: 50, toleratedFailures: 0 },
  check: { atOnce: 50, toleratedFailures: 0 },
};

/** How many parts at once, and how many may fail; undefined for a stage that does without. */
export const jobLimits = ({ jobs = {} }: Stage): JobLimits | undefined =>
  jobs === "none" ? undefined : { ...USUAL, ...jobs };

/** The prefix of what lies between the steps of a job. */
export const WORK = "work/";

/** Days that files to be checked are kept, and what was made of them. */
const KEPT_DAYS = 90;

/** The bucket of what Step Functions does in parts: files that are to be checked, and all that lies between two steps. */
export class Jobs extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { storage }: { readonly storage: Storage }) {
    super(scope, id);
    this.bucket = new Bucket(this, "Bucket", {
      ...PRIVATE_BUCKET,
      serverAccessLogsBucket: storage.accessLogs,
      serverAccessLogsPrefix: "jobs/",
      lifecycleRules: [{ expiration: Duration.days(KEPT_DAYS), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    }) as IBucket;
    new CfnOutput(this, "Name", { value: this.bucket.bucketName });
  }

  /** Lets a function keep there what lies between its steps. */
  workedOnBy(fn: LambdaFunction): void {
    allow(fn, this.bucket, { "s3:GetObject": ["work"], "s3:PutObject": ["work"] });
  }
}
