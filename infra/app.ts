import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { deploy } from "./deployment.ts";
import { stages } from "./stages.ts";

const app = new App();
for (const stage of stages) deploy(app, stage);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
