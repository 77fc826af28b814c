import validate from "asl-validator";
import { describe, expect, it } from "vitest";
import { type Definition, definitionOf } from "../support/states.ts";
import { china, full, global, resources, type Statement, template } from "./support.ts";

const MACHINES = [/^Batch/, /^Rebuild/, /^Check/] as const;

/** As the validator wants ARNs. */
const withArns = (definition: Definition): object =>
  JSON.parse(JSON.stringify(definition).replaceAll(":region:account:", ":eu-west-1:111122223333:")) as object;

describe.each([global, china, full])("the state machines ($name)", (stage) => {
  const cloud = template(stage);

  it.each(MACHINES)("are of the Amazon States Language: %s", (id) => {
    const { isValid, errorsText } = validate(withArns(definitionOf(cloud, id)));
    expect(isValid, errorsText()).toBe(true);
  });

  it("are those, and no other", () => {
    expect(resources(cloud, "AWS::StepFunctions::StateMachine")).toHaveLength(MACHINES.length);
  });
});

it("would not pass with a state that leads nowhere", () => {
  const definition = definitionOf(template(global), MACHINES[0]);
  const broken = JSON.parse(JSON.stringify(definition).replace(`"Next":"Plan"`, `"Next":"No"`)) as Definition;
  expect(validate(withArns(broken)).isValid).toBe(false);
});

const arnOf = (id: string) => ({ "Fn::GetAtt": [expect.stringMatching(new RegExp(`^${id}`)), "Arn"] });
const oneOrMore = <T>(all: readonly T[]): T | readonly T[] => (all.length === 1 ? (all[0] as T) : all);

describe.each([global, china, full])("the roles of the machines, exactly ($name)", (stage) => {
  const cloud = template(stage);
  const partition = stage.region.startsWith("cn-") ? "aws-cn" : "aws";

  it.each([
    ["Batch", ["BatchFilesFunction", "BatchWholeFunction"], ["Check", "Read"]],
    ["Rebuild", ["RebuildFunction"], ["Divisions", "Provinces"]],
    ["Check", ["FsckFunction"], ["Shards"]],
  ] as const)("%s", (part, functions, maps) => {
    const own = resources(cloud, "AWS::IAM::Policy").filter(([, { Roles }]) => Roles[0].Ref.startsWith(`${part}Steps`));
    const statements = own.flatMap(([, { PolicyDocument }]) => PolicyDocument.Statement as Statement[]);
    const machine = expect.stringMatching(new RegExp(`^${part}StepsMachine`));
    const executions = (of: string) => ({
      "Fn::Join": [
        "",
        [
          `arn:${partition}:states:${stage.region}:`,
          { Ref: "AWS::AccountId" },
          ":execution:",
          { "Fn::GetAtt": [machine, "Name"] },
          `${of}:*`,
        ],
      ],
    });
    const allow = (Action: unknown, Resource: unknown) => ({ Effect: "Allow", Action, Resource });
    expect(statements).toEqual([
      allow("lambda:InvokeFunction", oneOrMore(functions.map((id) => arnOf(id)))),
      allow("states:StartExecution", { Ref: machine }),
      allow(["states:DescribeExecution", "states:StopExecution"], executions("")),
      allow("states:RedriveExecution", oneOrMore(maps.map((label) => executions(`/${label}`)))),
      allow(["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"], {
        "Fn::Join": ["", [{ "Fn::GetAtt": [expect.stringMatching(/^JobsBucket/), "Arn"] }, "/work/*"]],
      }),
    ]);
  });
});

describe("the limits of a stage", () => {
  const maps = (stage: typeof global, id: RegExp) =>
    Object.values(definitionOf(template(stage), id).States).filter(({ Type }) => Type === "Map");

  it("are those of its maps", () => {
    const stage = { ...global, jobs: { batch: { atOnce: 7, toleratedFailures: 0 } } };
    for (const map of maps(stage, /^Batch/))
      expect([map.MaxConcurrency, map.ToleratedFailurePercentage ?? 0]).toEqual([7, 0]);
    expect(maps(global, /^Batch/)[0]?.MaxConcurrency).toBe(50);
  });

  it("leave all of it out for a stage that does without", () => {
    const cloud = template({ ...global, jobs: "none" });
    expect(resources(cloud, "AWS::StepFunctions::StateMachine")).toEqual([]);
    expect(resources(cloud, "AWS::Lambda::Function").some(([id]) => /Batch/.test(id))).toBe(false);
  });
});
