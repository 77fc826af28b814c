import type { Review } from "../src/office/policy.ts";

/** Who answers for filers, when it is not the stack's own user pool. Any issuer of OpenID Connect with public keys (JWKS). */
export interface OidcIssuer {
  /** `iss` of its tokens, an https URL that the cloud can reach: `{issuer}/.well-known/openid-configuration`. */
  readonly issuer: string;
  /** `aud` (or `client_id`) of the tokens that are taken. */
  readonly audience: string;
  /** The public client of the filing pages; the audience when absent. */
  readonly clientId?: string;
  /** Scopes that the filing pages ask for, a space between them. */
  readonly scope?: string;
  /** Which token has the claims with a filer's rights. */
  readonly tokenUse?: "access" | "id";
  /** The claims with organs (统一社会信用代码), divisions (行政区划代码) and actions; `nianbao_organs`, … when absent. */
  readonly claims?: { readonly organs: string; readonly divisions: string; readonly actions: string };
  /** Origins of its endpoints (authorization, token) that are not the issuer's own. */
  readonly origins?: readonly string[];
}

/** A name of one's own with its certificate. */
export interface DomainName {
  readonly name: string;
  /** ACM: of the stage's region for the API, of us-east-1 for CloudFront. */
  readonly certificateArn: string;
}

/** How a step is done part by part. */
export interface MapLimits {
  /** Parts at once: so many functions of what the account has. */
  readonly atOnce: number;
  /** Per cent of the parts that may fail before the whole does. */
  readonly toleratedFailures: number;
}

/** What Step Functions does in parts: batches over a bucket, rebuilds, rounds of fsck. */
export interface JobLimits {
  readonly batch: MapLimits;
  readonly rebuild: MapLimits;
  readonly check: MapLimits;
}

/** How many publications the indexer takes together: the more, the fewer writes each costs, and the later lists have them. */
export interface IndexingBatch {
  /** At most so many messages. */
  readonly most: number;
  /** For so long a batch waits for more, seconds. */
  readonly windowSeconds: number;
}

/** Where and how nianbao is deployed: one entry a stage. All that a deployment may choose stands here. */
export interface Stage {
  /** Short, lower case: part of the stack's and the sign-in page's name. */
  readonly name: string;
  /** The region decides the partition: cn-* is aws-cn. */
  readonly region: string;
  /** How long logs are kept, days. */
  readonly logDays: 90 | 180 | 365;
  /** Requests a second that the front lets through and how many at once: reads together, and each writing route. */
  readonly limits: {
    readonly read: { readonly rate: number; readonly burst: number };
    readonly write: { readonly rate: number; readonly burst: number };
  };
  /** Batches of the indexer; 500 within 30 seconds when absent. */
  readonly indexing?: IndexingBatch;
  /**
   * How readers get what is published: through CloudFront from a bucket that is private altogether, or from the bucket
   * itself, whose policy opens `published/`. The bare bucket costs less for a few readers and more for many (0.09 USD a GB
   * from the first, against 1 TB a month free), sends pages without compression, answers what is absent with XML and 403
   * at its root, and has no headers of its own. In aws-cn there is no other way: CloudFront has neither a name nor
   * certificates of its own there.
   */
  readonly delivery: "bucket" | "cloudfront";
  /** A web ACL before CloudFront: requests that one address may send in five minutes, and the lists that AWS keeps. */
  readonly waf?: { readonly requestsPerFiveMinutes: number };
  /**
   * S3 Object Lock (governance) on records and artefacts, days from their writing (docs/decisions/0007-object-lock.md).
   * Once on, a bucket keeps the ability; raising the number holds for what is written from then on.
   */
  readonly objectLockDays?: number;
  /**
   * How many files may be read at once, set aside from the account's concurrency: what is flooded with files then takes
   * nothing from filing. Not limited apart when absent; a new account may have too little to set any aside.
   */
  readonly importsAtOnce?: number;
  /**
   * Who looks at a report before it is published where no policy is set: nobody (`none`, the default), somebody else of the
   * organ (`organ`), the office above after that (`superior`).
   */
  readonly review?: Review;
  /** Roles besides the service's own that may write and delete in the bucket, for a restore by hand; patterns may be used. */
  readonly operators?: readonly string[];
  /** Another issuer than a Cognito user pool of the stack. Needed in aws-cn, which has no user pools. */
  readonly oidc?: OidcIssuer;
  /** Whether filers must have a second factor (TOTP) or may; of the user pool. */
  readonly mfa?: "required" | "optional";
  /** The sender of the user pool's mail, verified in SES in the region; without it Cognito sends at most 50 a day. */
  readonly mailFrom?: string;
  /** Names of one's own; with `zone` their DNS records too, without it they are to be set by hand from the outputs. */
  readonly domain?: {
    readonly api: DomainName;
    /** With CloudFront alone. */
    readonly published?: DomainName;
    /** The hosted zone of Route 53. */
    readonly zone?: { readonly id: string; readonly name: string };
  };
  /**
   * The log of publications: signed by keys of KMS that the stack makes, one for each name, the present one first, or by
   * somebody outside, whose public keys stand here (docs/OPERATIONS.md, 公布日志). No log is kept without.
   */
  readonly log?: { readonly kms: readonly string[] } | { readonly keys: readonly string[] };
  /** Witnesses of the log: their public keys, each with where it publishes what it cosigned (https). */
  readonly witnesses?: readonly { readonly key: string; readonly url: string }[];
  /** What the published data may be used for, in a few words, and where the whole of it stands; said on the data page. */
  readonly licence?: { readonly label: string; readonly url?: string };
  /**
   * Set once the first deployment has gone well, and deploy again: the stack and the accounts can then not be deleted.
   * Before, what a failed first try has made is removed with it; what is protected could neither be repaired nor removed.
   */
  readonly protect?: boolean;
  /** Lambda's runtime; `nodejs24.x` when absent. A region may be behind: `npm run preflight` asks. */
  readonly runtime?: `nodejs${number}.x`;
  /** Limits of what Step Functions does in parts, where they are not the usual ones (`jobs.ts`); `none` to do without it. */
  readonly jobs?: Partial<JobLimits> | "none";
  /** Where alarms are mailed; null for a stage whose alarms nobody is to hear. */
  readonly alarmEmail: string | null;
  /** What the account may cost a month, USD; warnings go to `alarmEmail`. Not in aws-cn. */
  readonly budgetUsd?: number;
}

/**
 * What is deployed. Before the first deployment: the region, and an address that alarms reach. In China, for instance:
 *
 *   name: "china", region: "cn-north-1", delivery: "bucket", alarmEmail: "…", oidc: { issuer: "https://…", audience: "nianbao" }
 */
export const stages: readonly Stage[] = [
  {
    name: "global",
    region: "ap-southeast-1",
    logDays: 180,
    limits: { read: { rate: 200, burst: 400 }, write: { rate: 20, burst: 40 } },
    delivery: "cloudfront",
    log: { kms: ["1"] },
    // To be replaced: what is under .example is nobody's (RFC 2606).
    alarmEmail: "alarms@office.example",
    budgetUsd: 100,
  },
];
