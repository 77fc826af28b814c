import { CfnOutput, Duration } from "aws-cdk-lib";
import { AnyPrincipal, Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key, KeySpec, KeyUsage } from "aws-cdk-lib/aws-kms";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { LogEnvironment } from "./environment.ts";
import { KEPT } from "./kept.ts";
import type { Stage } from "./stages.ts";

/** Ed25519 of RFC 8032, over the message itself: what signed notes have, and nothing else that the key could sign. */
const PURE = { StringEquals: { "kms:SigningAlgorithm": "ED25519_SHA_512", "kms:MessageType": "RAW" } };

/** The keys of KMS that sign the log of publications: made by the stack, never removed with it. */
export class LogKeys extends Construct {
  readonly #keys: readonly Key[];
  readonly #log: Stage["log"];

  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    this.#log = stage.log;
    const names = stage.log && "kms" in stage.log ? stage.log.kms : [];
    this.#keys = names.map(
      (name) =>
        new Key(this, `Key${name}`, {
          description: `nianbao ${stage.name}: 公布日志的签名密钥 ${name}`,
          keySpec: KeySpec.ECC_NIST_EDWARDS25519,
          keyUsage: KeyUsage.SIGN_VERIFY,
          pendingWindow: Duration.days(30),
          removalPolicy: KEPT,
        }),
    );
    for (const [i, key] of this.#keys.entries()) new CfnOutput(this, `Arn${names[i]}`, { value: key.keyArn });
  }

  /** What the functions are told of the log. */
  get environment(): LogEnvironment {
    if (!this.#log) return { log: undefined };
    return "kms" in this.#log
      ? { log: { kmsKey: this.#keys.map(({ keyArn }) => keyArn).join(" ") } }
      : { log: { keys: this.#log.keys } };
  }

  /** Lets one function sign, and whoever the stage lists besides; nobody else, whatever their own policies say. */
  signedBy(fn: LambdaFunction, operators: readonly string[]): void {
    this.knownBy(fn);
    for (const key of this.#keys) {
      fn.addToRolePolicy(new PolicyStatement({ actions: ["kms:Sign"], resources: [key.keyArn], conditions: PURE }));
      key.addToResourcePolicy(
        new PolicyStatement({
          sid: "SignedByTheIndexerAlone",
          effect: Effect.DENY,
          principals: [new AnyPrincipal()],
          actions: ["kms:Sign"],
          resources: ["*"],
          conditions: { ArnNotLike: { "aws:PrincipalArn": [fn.role?.roleArn, ...operators] } },
        }),
      );
    }
  }

  /** Lets a function know the public keys. */
  knownBy(fn: LambdaFunction): void {
    for (const { keyArn } of this.#keys)
      fn.addToRolePolicy(new PolicyStatement({ actions: ["kms:GetPublicKey"], resources: [keyArn] }));
  }
}
