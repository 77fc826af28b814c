import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { deploy } from "./deployment.ts";
import { stages } from "./stages.ts";

const app = new App();
// The CDK's command says which account its credentials are of; with none, templates can be looked at and nothing deployed.
const account = process.env["CDK_DEFAULT_ACCOUNT"] !== undefined;
for (const stage of stages) deploy(app, stage, undefined, account);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
