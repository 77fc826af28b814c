import {
  GetAccountSettingsCommand,
  LambdaClient,
  type LambdaClientConfig,
  ListLayersCommand,
  type Runtime,
} from "@aws-sdk/client-lambda";
import { GetPublicAccessBlockCommand, S3ControlClient } from "@aws-sdk/client-s3-control";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type Account, regionsOf, runtimeOf } from "./preflight.ts";
import type { Stage } from "./stages.ts";

/** What requests are sent by, where that is not HTTP. */
type Handler = NonNullable<LambdaClientConfig["requestHandler"]>;

/** An answer, or undefined where the account refuses one. */
const answered = async <T>(asked: Promise<T>, refused: (name: string) => T | undefined = () => undefined) =>
  asked.catch((error: Error) => refused(error.name));

/**
 * Asks an account what a deployment depends on; reads only.
 * @throws where there is no account, as the SDK says it
 */
export async function askAccount(stage: Stage, requestHandler?: Handler): Promise<Account> {
  const { region } = stage;
  const at = (where: string) => ({ region: where, ...(requestHandler ? { requestHandler } : {}) });
  const { Account: id = "" } = await new STSClient(at(region)).send(new GetCallerIdentityCommand());
  const lambda = new LambdaClient(at(region));
  const bootstrap = await Promise.all(
    regionsOf(stage).map(async (where) => {
      const asked = new SSMClient(at(where)).send(
        new GetParameterCommand({ Name: "/cdk-bootstrap/hnb659fds/version" }),
      );
      return [where, await answered(asked.then(({ Parameter }) => Number(Parameter?.Value)))] as const;
    }),
  );
  const settings = lambda.send(new GetAccountSettingsCommand());
  const block = new S3ControlClient(at(region)).send(new GetPublicAccessBlockCommand({ AccountId: id }));
  // There is no list of runtimes: a filter by one that the region does not know is refused.
  const layers = lambda.send(new ListLayersCommand({ CompatibleRuntime: runtimeOf(stage) as Runtime, MaxItems: 1 }));
  return {
    id,
    bootstrap: Object.fromEntries(bootstrap),
    concurrency: await answered(settings.then(({ AccountLimit }) => AccountLimit?.ConcurrentExecutions)),
    blocksPublicPolicies: await answered(
      block.then(({ PublicAccessBlockConfiguration: blocks }) =>
        Boolean(blocks?.BlockPublicPolicy || blocks?.RestrictPublicBuckets),
      ),
      (name) => (name === "NoSuchPublicAccessBlockConfiguration" ? false : undefined),
    ),
    runtime: await answered(
      layers.then(() => true),
      (name) => (/Validation|InvalidParameter/.test(name) ? false : undefined),
    ),
  };
}
