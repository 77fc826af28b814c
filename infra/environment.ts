import type { Identity } from "./identity.ts";

/** The metrics' namespace (powertools), of all functions. */
export const METRICS_NAMESPACE = "nianbao";

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

const store = ({ bucket, publicUrl }: StoreEnvironment): Record<string, string> => ({
  BUCKET: bucket,
  PUBLIC_URL: publicUrl,
});

/** What `functions/` reads from the environment: every name stands here once. */
export const environment = {
  api: (props: StoreEnvironment & { readonly identity: Identity; readonly objectLockDays: number | undefined }) => ({
    ...store(props),
    ...telemetry("api"),
    OIDC_ISSUER: props.identity.issuer,
    OIDC_AUDIENCE: props.identity.audience,
    OIDC_CLIENT_ID: props.identity.clientId,
    OIDC_SCOPE: props.identity.scope,
    OIDC_TOKEN_USE: props.identity.tokenUse,
    OIDC_CLAIM_ORGANS: props.identity.claims.organs,
    OIDC_CLAIM_DIVISIONS: props.identity.claims.divisions,
    OIDC_CLAIM_ACTIONS: props.identity.claims.actions,
    ...(props.objectLockDays === undefined ? {} : { OBJECT_LOCK_DAYS: String(props.objectLockDays) }),
  }),
  indexer: (props: StoreEnvironment) => ({ ...store(props), ...telemetry("indexer") }),
  fsck: (props: StoreEnvironment) => ({ ...store(props), ...telemetry("fsck") }),
} as const;
