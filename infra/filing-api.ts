import { Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { environment } from "./environment.ts";
import { allow, serviceFunction } from "./function.ts";
import type { Identity } from "./identity.ts";
import type { PartProps } from "./indexer.ts";

/** What filing, drafting, reviewing and overseeing read and write. */
const OWN = [
  "artefacts",
  "drafts",
  "office",
  "policies",
  "published",
  "records",
  "reminders",
  "rosters",
  "seals",
] as const;

/** The function that checks, typesets and publishes. */
export class FilingApi extends Construct {
  readonly function: LambdaFunction;

  constructor(
    scope: Construct,
    id: string,
    { stage, storage, store, log, bundle, identity }: PartProps & { readonly identity: Identity },
  ) {
    super(scope, id);
    this.function = serviceFunction(this, "Function", {
      description: "校验、排版、公布政府信息公开工作年度报告",
      bundle,
      // One full core: setting a report is CPU work of a single thread (docs/OPERATIONS.md).
      memoryMb: 1769,
      // Under the 30 s that the front waits.
      timeout: Duration.seconds(29),
      stage,
      environment: environment.api({
        ...store,
        ...log.environment,
        identity,
        objectLockDays: stage.objectLockDays,
        review: stage.review,
      }),
    });
    // No delete: the record's create decides a publication, and nothing takes it back.
    allow(this.function, storage.bucket, {
      // From swept/ comes back what fsck took for an orphan while its record was being written.
      // What became of reminders at webhooks the indexer writes.
      "s3:GetObject": [...OWN, "swept", "deliveries"],
      "s3:PutObject": OWN,
      ...(stage.objectLockDays === undefined ? {} : { "s3:PutObjectRetention": ["artefacts", "records"] }),
    });
  }
}
