import { Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { environment } from "./environment.ts";
import { serviceFunction } from "./function.ts";
import type { Identity } from "./identity.ts";
import type { Stage } from "./stages.ts";

export interface ImportsProps {
  readonly stage: Stage;
  /** Where readers get what is published, without a slash at the end. */
  readonly publicUrl: string;
  /** The folder of the built bundle. */
  readonly bundle: string;
  readonly identity: Identity;
}

/**
 * The function that reads the files of others: office documents and pages that may be anything. It is a function of its
 * own for what it has not: no right to the bucket, not even to look.
 */
export class Imports extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, { stage, publicUrl, bundle, identity }: ImportsProps) {
    super(scope, id);
    this.function = serviceFunction(this, "Function", {
      description: "读入已有的年度报告文件，不保存",
      bundle,
      // One full core, and room for the 512 MiB of the process that reads beside the function's own (functions/importer.ts).
      memoryMb: 1769,
      // A file is given up after 19 s, under the 30 s that the front waits.
      timeout: Duration.seconds(29),
      stage,
      environment: environment.imports({ publicUrl, identity }),
      ...(stage.importsAtOnce === undefined ? {} : { atOnce: stage.importsAtOnce }),
    });
  }
}
