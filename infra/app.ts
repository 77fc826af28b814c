import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { acceptFindings } from "./nag.ts";
import { NianbaoStack } from "./stack.ts";
import { stages } from "./stages.ts";

const app = new App();
for (const stage of stages) {
  acceptFindings(
    new NianbaoStack(app, `Nianbao-${stage.name}`, {
      stage,
      env: { region: stage.region },
      terminationProtection: true,
    }),
  );
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
