import { RemovalPolicy } from "aws-cdk-lib";

/**
 * Of what must outlive the stack: it stays when the stack goes or the template does without it, and goes with a first
 * deployment that fails, so that the next try finds its names free and leaves nothing behind.
 */
export const KEPT = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
