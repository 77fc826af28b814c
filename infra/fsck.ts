import { Duration, TimeZone } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Schedule, ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import { Construct } from "constructs";
import { environment } from "./environment.ts";
import { allow, allowOnBucket, serviceFunction } from "./function.ts";
import type { IndexerProps } from "./indexer.ts";

/** Every night: hashes and chains verified, orphans swept, missing public files put in place, rosters and reports indexed whose event was lost. */
export class Fsck extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, { stage, storage, store, log, bundle, apiUrl }: IndexerProps) {
    super(scope, id);
    this.function = serviceFunction(this, "Function", {
      description: "核对全部记录和文件的散列，清理无主文件，补齐公布文件",
      bundle,
      memoryMb: 1769,
      // The most that Lambda gives; a run that ends early goes on from fsck/cursor.json the next night.
      timeout: Duration.minutes(15),
      stage,
      environment: environment.fsck({
        ...store,
        ...log.environment,
        witnesses: stage.witnesses ?? [],
        apiUrl,
        licence: stage.licence,
        objectLockDays: stage.objectLockDays,
      }),
    });
    // An orphan is copied to swept/ before it goes, and put back when a record turns out to need it. What the indexer
    // was not told of is indexed: the desk's rows are part of that.
    allow(this.function, storage.bucket, {
      "s3:GetObject": ["records", "artefacts", "dataset", "drafts", "office", "published", "rosters", "swept", "fsck"],
      "s3:PutObject": ["artefacts", "dataset", "office", "published", "swept", "fsck"],
      "s3:DeleteObject": ["artefacts", "swept"],
      ...(stage.objectLockDays === undefined ? {} : { "s3:PutObjectRetention": ["artefacts"] }),
    });
    log.knownBy(this.function);
    // Whether a record was written more than once is seen where versions are kept.
    allowOnBucket(this.function, storage.bucket, "s3:GetBucketVersioning", "s3:ListBucketVersions");
    // Twice at once would read everything twice; the next night comes by itself.
    this.function.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.hours(1) });
    new Schedule(this, "Nightly", {
      description: "nianbao fsck",
      schedule: ScheduleExpression.cron({ minute: "30", hour: "3", timeZone: TimeZone.ASIA_SHANGHAI }),
      target: new LambdaInvoke(this.function, { retryAttempts: 2, maxEventAge: Duration.hours(1) }),
    });
  }
}
