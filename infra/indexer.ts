import { Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { environment, type StoreEnvironment } from "./environment.ts";
import { allow, serviceFunction } from "./function.ts";
import type { LogKeys } from "./log-key.ts";
import type { IndexingBatch, Stage } from "./stages.ts";
import type { Storage } from "./storage.ts";

export interface PartProps {
  readonly stage: Stage;
  readonly storage: Storage;
  readonly store: StoreEnvironment;
  readonly log: LogKeys;
  /** The folder of the built bundle. */
  readonly bundle: string;
}

export interface IndexerProps extends PartProps {
  /** Where organs file; the reading pages name it. */
  readonly apiUrl: string;
}

/** Where the stage says nothing: lists are half a minute behind. */
const BATCHES: IndexingBatch = { most: 500, windowSeconds: 30 };

const signs = ({ log }: Stage): boolean => log !== undefined && "kms" in log;

/** Records → queue → function: what is derived for readers beyond the report's own files. */
export class Indexer extends Construct {
  readonly function: LambdaFunction;
  readonly queue: Queue;
  /** What failed five times: nothing is lost, the records say it all (`npm run reindex`). */
  readonly failed: Queue;

  constructor(scope: Construct, id: string, { stage, storage, store, log, bundle, apiUrl }: IndexerProps) {
    super(scope, id);
    const timeout = Duration.minutes(5);
    const shared = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };
    this.failed = new Queue(this, "Failed", shared);
    this.queue = new Queue(this, "Records", {
      ...shared,
      // Six times what the function may take, so that a batch is not seen twice while it is worked on.
      visibilityTimeout: Duration.minutes(30),
      deadLetterQueue: { queue: this.failed, maxReceiveCount: 5 },
    });
    storage.notifyOfChanges(this.queue);
    this.function = serviceFunction(this, "Function", {
      description: "由公布记录派生索引、目录、订阅源",
      bundle,
      memoryMb: 1024,
      timeout,
      stage,
      environment: environment.indexer({
        ...store,
        ...log.environment,
        apiUrl,
        licence: stage.licence,
        objectLockDays: stage.objectLockDays,
      }),
    });
    allow(this.function, storage.bucket, {
      // From swept/ comes back what fsck took for an orphan while its record was being written.
      // What fsck has seen of the log, on top of which alone it is signed; reminders are sent on to the webhooks of the
      // operator's settings.
      "s3:GetObject": [
        ...["records", "artefacts", "office", "published", "rosters", "swept"],
        ...["reminders", "settings", "deliveries"],
        ...(signs(stage) ? ["fsck"] : []),
      ],
      "s3:PutObject": ["published", "artefacts", "office", "deliveries"],
      ...(stage.objectLockDays === undefined ? {} : { "s3:PutObjectRetention": ["artefacts"] }),
    });
    log.signedBy(this.function, stage.operators ?? []);
    // Large batches: a file that many reports share is written once for all of a batch. Few at once: they meet in the
    // same files, and who loses a conditional write has to begin again.
    const { most, windowSeconds } = stage.indexing ?? BATCHES;
    this.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: most,
        maxBatchingWindow: Duration.seconds(windowSeconds),
        maxConcurrency: 2,
        reportBatchItemFailures: true,
      }),
    );
  }
}
