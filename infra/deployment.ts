import type { App } from "aws-cdk-lib";
import { acceptFindings } from "./nag.ts";
import { type Bundles, NianbaoStack } from "./stack.ts";
import type { Stage } from "./stages.ts";
import { WafStack } from "./waf.ts";

/**
 * The stacks of a stage: its own, and the web ACL's in us-east-1 where it has one.
 * @param account whether there is one to deploy to
 */
export function deploy(app: App, stage: Stage, bundles?: Bundles, account = true): NianbaoStack {
  const id = `Nianbao-${stage.name}`;
  // Not before the first deployment went well: a stack that failed could otherwise not be removed, nor tried again.
  const common = {
    terminationProtection: stage.protect === true,
    tags: { application: "nianbao", stage: stage.name },
  };
  const waf = stage.waf
    ? new WafStack(app, `${id}-Waf`, {
        ...common,
        waf: stage.waf,
        env: { region: "us-east-1" },
        crossRegionReferences: true,
      })
    : undefined;
  const stack = new NianbaoStack(app, id, {
    ...common,
    stage,
    account,
    env: { region: stage.region },
    ...(bundles ? { bundles } : {}),
    ...(waf ? { webAclArn: waf.webAclArn, crossRegionReferences: true } : {}),
  });
  acceptFindings(stack);
  return stack;
}
