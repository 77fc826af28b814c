import type { Identity } from "./identity.ts";
import type { Stage } from "./stages.ts";

/** The metrics' namespace (powertools), of all functions. */
export const METRICS_NAMESPACE = "Nianbao";

const telemetry = (service: string): Record<string, string> => ({
  POWERTOOLS_SERVICE_NAME: service,
  POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
  POWERTOOLS_LOG_LEVEL: "INFO",
});

export interface StoreEnvironment {
  readonly bucket: string;
  /** Where readers get what is published, without a slash at the end. */
  readonly publicUrl: string;
}

/** What the reading pages say besides what is published. */
export interface PagesEnvironment {
  /** Where organs file. */
  readonly apiUrl: string;
  readonly licence: Stage["licence"];
}

/** The log of publications: its key in KMS, or the public keys of one that is signed elsewhere. */
export interface LogEnvironment {
  readonly log: { readonly kmsKey: string } | { readonly keys: readonly string[] } | undefined;
}

const log = ({ log: by }: LogEnvironment): Record<string, string> => {
  if (!by) return {};
  return "kmsKey" in by ? { TLOG_KMS_KEY: by.kmsKey } : { TLOG_KEYS: by.keys.join(" ") };
};

/** What writes records or artefacts has to lock them where the stage says so. */
export interface LockEnvironment {
  readonly objectLockDays: number | undefined;
}

const lock = ({ objectLockDays }: LockEnvironment): Record<string, string> =>
  objectLockDays === undefined ? {} : { OBJECT_LOCK_DAYS: String(objectLockDays) };

const store = ({ bucket, publicUrl }: StoreEnvironment): Record<string, string> => ({
  BUCKET: bucket,
  PUBLIC_URL: publicUrl,
});

const pages = ({ apiUrl, licence }: PagesEnvironment): Record<string, string> => ({
  API_URL: apiUrl,
  ...(licence ? { LICENCE: licence.label } : {}),
  ...(licence?.url ? { LICENCE_URL: licence.url } : {}),
});

/** Whose tokens are taken. */
const callers = ({ issuer, audience, tokenUse, claims }: Identity): Record<string, string> => ({
  OIDC_ISSUER: issuer,
  OIDC_AUDIENCE: audience,
  OIDC_TOKEN_USE: tokenUse,
  OIDC_CLAIM_ORGANS: claims.organs,
  OIDC_CLAIM_DIVISIONS: claims.divisions,
  OIDC_CLAIM_ACTIONS: claims.actions,
});

/** What `functions/` reads from the environment: every name stands here once. */
export const environment = {
  api: (
    props: StoreEnvironment &
      LockEnvironment &
      LogEnvironment & { readonly identity: Identity; readonly review?: Stage["review"] | undefined },
  ) => ({
    ...store(props),
    ...lock(props),
    ...telemetry("api"),
    ...callers(props.identity),
    // It has no part in the log, and says in receipts that there is one.
    ...(props.log ? { TLOG: "true" } : {}),
    OIDC_CLIENT_ID: props.identity.clientId,
    OIDC_SCOPE: props.identity.scope,
    ...(props.review === undefined ? {} : { OFFICE_POLICY: props.review }),
    ...(props.identity.origins.length > 0 ? { OIDC_ORIGINS: props.identity.origins.join(" ") } : {}),
  }),
  imports: ({ publicUrl, identity }: Pick<StoreEnvironment, "publicUrl"> & { readonly identity: Identity }) => ({
    PUBLIC_URL: publicUrl,
    ...telemetry("imports"),
    ...callers(identity),
  }),
  batch: ({ bucket }: Pick<StoreEnvironment, "bucket">) => ({ BUCKET: bucket, ...telemetry("batch") }),
  rebuild: ({ jobs, ...props }: StoreEnvironment & PagesEnvironment & LockEnvironment & { readonly jobs: string }) => ({
    ...store(props),
    ...lock(props),
    ...telemetry("rebuild"),
    ...pages(props),
    JOBS_BUCKET: jobs,
  }),
  indexer: (props: StoreEnvironment & PagesEnvironment & LockEnvironment & LogEnvironment) => ({
    ...store(props),
    ...(props.log && "kmsKey" in props.log ? log(props) : {}),
    ...lock(props),
    ...telemetry("indexer"),
    ...pages(props),
  }),
  fsck: (
    props: StoreEnvironment &
      PagesEnvironment &
      LockEnvironment &
      LogEnvironment & { readonly witnesses: NonNullable<Stage["witnesses"]> },
  ) => ({
    ...store(props),
    ...lock(props),
    ...log(props),
    ...(props.log && props.witnesses.length > 0
      ? { TLOG_WITNESSES: props.witnesses.map(({ key, url }) => `${key} ${url}`).join(" ") }
      : {}),
    ...telemetry("fsck"),
    ...pages(props),
  }),
} as const;
