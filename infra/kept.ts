import { RemovalPolicy } from "aws-cdk-lib";
import { BlockPublicAccess, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";

/**
 * Of what must outlive the stack: it stays when the stack goes or the template does without it, and goes with a first
 * deployment that fails, so that the next try finds its names free and leaves nothing behind.
 */
export const KEPT = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** As every bucket is kept: encrypted, over TLS alone, without owners of single objects. */
export const KEPT_BUCKET = {
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: KEPT,
} as const;

/** The same of one that nobody outside reads. */
export const PRIVATE_BUCKET = { ...KEPT_BUCKET, blockPublicAccess: BlockPublicAccess.BLOCK_ALL } as const;
