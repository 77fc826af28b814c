/** Every template of every kind of stage against the specification of CloudFormation's resources. */
import { beforeAll, describe, expect, it } from "vitest";
import { deploy } from "../../infra/deployment.ts";
import type { Stage } from "../../infra/stages.ts";
import { type Resource, resourceFaults } from "../support/resource-specification.ts";
import { china, full, global, newApp, ready, SMALL } from "./support.ts";

type Templates = Readonly<Record<string, { readonly Resources: Readonly<Record<string, Resource>> }>>;

/** As `cdk synth` writes them, those in other regions among them. */
function synthesized(stage: Stage): Templates {
  const app = newApp();
  deploy(app, stage, SMALL);
  return Object.fromEntries(app.synth().stacks.map((stack) => [stack.stackName, stack.template]));
}

const STAGES: readonly (readonly [kind: string, stage: Stage])[] = [
  ["that ships", ready],
  ["with a bare bucket", { ...global, name: "bare" }],
  ["in China", china],
  ["with every option", full],
  [
    "without Step Functions, without a log, with another issuer",
    {
      ...global,
      name: "least",
      jobs: "none",
      oidc: { issuer: "https://login.nianbao.test", audience: "nianbao" },
    },
  ],
];

describe.each(STAGES)("the stage %s", (_, stage) => {
  let templates: Templates;
  beforeAll(() => {
    templates = synthesized(stage);
  });

  it("is of resources with properties that there are, of the types and values that they may have", () => {
    const faults = Object.values(templates).flatMap(({ Resources }) =>
      Object.entries(Resources).flatMap(([id, resource]) => resourceFaults(id, resource)),
    );
    expect(faults).toEqual([]);
    expect(Object.values(templates).flatMap(({ Resources }) => Object.keys(Resources)).length).toBeGreaterThan(60);
  });
});

describe("the check", () => {
  const faults = (Type: string, Properties: Record<string, unknown>) => resourceFaults("X", { Type, Properties });

  it("finds a name that is wrong, a property that is missing, a type or a value that may not be", () => {
    expect(faults("AWS::SQS::Queue", { VisibiltyTimeout: 30 })).toEqual(["X.VisibiltyTimeout: unknown"]);
    expect(faults("AWS::SQS::Queue", { VisibilityTimeout: "soon" })).toEqual([
      'X.VisibilityTimeout: "soon" is no integer',
    ]);
    expect(faults("AWS::SQS::Queue", { VisibilityTimeout: { Ref: "Other" } })).toEqual([]);
    expect(faults("AWS::StepFunctions::StateMachine", { DefinitionString: "{}" })).toEqual(["X.RoleArn: missing"]);
    expect(faults("AWS::StepFunctions::StateMachine", { RoleArn: "a", StateMachineType: "FAST" })[0]).toContain(
      "X.StateMachineType",
    );
    expect(
      faults("AWS::S3::Bucket", { NotificationConfiguration: { QueueConfigurations: [{ Event: "s3:*", Que: "q" }] } }),
    ).toEqual([
      "X.NotificationConfiguration.QueueConfigurations[0].Queue: missing",
      "X.NotificationConfiguration.QueueConfigurations[0].Que: unknown",
    ]);
    expect(faults("AWS::Nothing::There", {})).toEqual(["X: no such type, AWS::Nothing::There"]);
  });
});
