import { Aws, Duration } from "aws-cdk-lib";
import { AnyPrincipal, Effect, PolicyStatement, type Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { BlockPublicAccess, Bucket, type CfnBucket, HttpMethods, type IBucket } from "aws-cdk-lib/aws-s3";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { KEPT_BUCKET, PRIVATE_BUCKET } from "./kept.ts";
import type { Stage } from "./stages.ts";

/** What a publication consists of, kept for good. */
const PERMANENT = ["records", "artefacts"] as const;

/** What is written once and never over what is there. */
const CREATED_ONCE = ["records/*", "rosters/*", "policies/*", "reminders/*", "drafts/*/events/*"] as const;

/** The id of the request metrics of `published/`, for alarms. */
export const PUBLISHED_METRICS = "published";

/** The bucket that is the database, and the one for access logs. */
export class Storage extends Construct {
  readonly bucket: IBucket;
  readonly accessLogs: IBucket;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    this.accessLogs = new Bucket(this, "AccessLogs", {
      ...PRIVATE_BUCKET,
      lifecycleRules: [{ expiration: Duration.days(stage.logDays) }],
    }) as IBucket;
    const open = stage.delivery === "bucket";
    this.bucket = new Bucket(this, "Bucket", {
      ...KEPT_BUCKET,
      versioned: true,
      blockPublicAccess: open
        ? new BlockPublicAccess({
            blockPublicAcls: true,
            ignorePublicAcls: true,
            blockPublicPolicy: false,
            restrictPublicBuckets: false,
          })
        : BlockPublicAccess.BLOCK_ALL,
      serverAccessLogsBucket: this.accessLogs,
      ...(stage.objectLockDays === undefined ? {} : { objectLockEnabled: true }),
      cors: [
        {
          allowedMethods: [HttpMethods.GET, HttpMethods.HEAD],
          allowedOrigins: ["*"],
          allowedHeaders: ["*"],
          exposedHeaders: ["ETag", "Content-Disposition", "Content-Length", "Content-Range", "x-amz-meta-sha256"],
          maxAge: 86_400,
        },
      ],
      // What can be derived again keeps its past for a month, and so do drafts, which are saved as one types; what was
      // handed over and the steps lie under keys of their own and are never overwritten. The rest keeps it for good.
      lifecycleRules: [
        { id: "unfinished-uploads", abortIncompleteMultipartUploadAfter: Duration.days(7) },
        ...["published/", "swept/", "fsck/", "office/", "rebuild/", "drafts/"].map((prefix) => ({
          id: `past-of-${prefix.slice(0, -1)}`,
          prefix,
          noncurrentVersionExpiration: Duration.days(30),
          expiredObjectDeleteMarker: true,
        })),
      ],
      metrics: open ? [{ id: PUBLISHED_METRICS, prefix: "published/" }] : [],
    }) as IBucket;
    if (open)
      this.#say("PublishedIsPublic", Effect.ALLOW, ["s3:GetObject"], [this.bucket.arnForObjects("published/*")]);
    this.#guardThePermanent(stage);
  }

  /** Nobody else writes, whatever their own policies say; an administrator would have to change this policy first. */
  writtenOnlyBy(roles: readonly Role[], operators: readonly string[]): void {
    this.#say(
      "WrittenByTheServiceAlone",
      Effect.DENY,
      [
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:PutObjectRetention",
        "s3:BypassGovernanceRetention",
      ],
      [this.bucket.arnForObjects("*")],
      { ArnNotLike: { "aws:PrincipalArn": [...roles.map(({ roleArn }) => roleArn), ...operators] } },
    );
  }

  /**
   * What the log is made of nobody else writes, not even what publishes: and what fsck has seen of it nobody but fsck, so
   * that who signs cannot take away what speaks against a log that is begun anew.
   */
  logWrittenOnlyBy(roles: Readonly<Record<"indexer" | "fsck", Role>>, operators: readonly string[]): void {
    for (const [sid, keys, writers] of [
      ["LogWrittenByItsOwn", "published/log/*", [roles.indexer, roles.fsck]],
      ["SeenByFsckAlone", "fsck/*", [roles.fsck]],
    ] as const)
      this.#say(
        sid,
        Effect.DENY,
        ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
        [this.bucket.arnForObjects(keys)],
        { ArnNotLike: { "aws:PrincipalArn": [...writers.map(({ roleArn }) => roleArn), ...operators] } },
      );
  }

  /** Tells the queue of every record, every version of a roster and every reminder. On the bucket itself, without the custom resource of `addEventNotification`. */
  notifyOfChanges(queue: Queue): void {
    const bucket = this.bucket.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = {
      queueConfigurations: ["records/", "rosters/", "reminders/"].map((value) => ({
        event: "s3:ObjectCreated:*",
        queue: queue.queueArn,
        filter: { s3Key: { rules: [{ name: "prefix", value }] } },
      })),
    };
    // The bucket's ARN cannot be the condition: S3 tries the queue before there is a bucket.
    const granted = queue.addToResourcePolicy(
      new PolicyStatement({
        sid: "RecordsOfThisAccount",
        principals: [new ServicePrincipal("s3.amazonaws.com")],
        actions: ["sqs:SendMessage"],
        resources: [queue.queueArn],
        conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
      }),
    );
    if (granted.policyDependable) bucket.node.addDependency(granted.policyDependable);
  }

  /**
   * A record, a step to one, a version of a roster or a policy, a reminder is created or nothing happens: S3 itself refuses to overwrite, whoever asks. Not so artefacts, whose key is
   * the hash of their content: fsck writes the same bytes again where they were damaged, and the version before stays.
   */
  #guardThePermanent({ objectLockDays }: Stage): void {
    const written = { Bool: { "s3:ObjectCreationOperation": "true" } };
    this.#say(
      "RecordsAreCreatedOnce",
      Effect.DENY,
      ["s3:PutObject"],
      CREATED_ONCE.map((keys) => this.bucket.arnForObjects(keys)),
      {
        Null: { "s3:if-none-match": "true" },
        ...written,
      },
    );
    if (objectLockDays === undefined) return;
    const resources = PERMANENT.map((prefix) => this.bucket.arnForObjects(`${prefix}/*`));
    this.#say("WrittenWithRetention", Effect.DENY, ["s3:PutObject"], resources, {
      StringNotEquals: { "s3:object-lock-mode": "GOVERNANCE" },
      ...written,
    });
  }

  #say(sid: string, effect: Effect, actions: string[], resources: string[], conditions = {}): void {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({ sid, effect, principals: [new AnyPrincipal()], actions, resources, conditions }),
    );
  }
}
