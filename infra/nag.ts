import { type Stack, Validations } from "aws-cdk-lib";

/** What cdk-nag finds and we keep, each with its reason. */
export function acceptFindings(stack: Stack): void {
  for (const acknowledgement of [...ACCEPTED, ...executionsOf(stack)])
    Validations.of(stack).acknowledge(acknowledgement);
}

/** Machines by their logical ids, and the labels of their maps. */
const MACHINES: Readonly<Record<string, readonly string[]>> = {
  BatchStepsMachineA9865B9B: ["Read", "Check"],
  RebuildStepsMachineF4069469: ["Divisions", "Provinces"],
  CheckStepsMachine5963BF42: ["Shards"],
};

/** What a machine may do with its own executions, of which the parts are some. */
function executionsOf({ region }: Stack) {
  const partition = region.startsWith("cn-") ? "aws-cn" : "aws";
  return Object.entries(MACHINES).flatMap(([id, labels]) =>
    ["", ...labels.map((label) => `/${label}`)].map((of) => ({
      id: `AwsSolutions-IAM5[Resource::arn:${partition}:states:${region}:<AWS::AccountId>:execution:<${id}.Name>${of}:*]`,
      reason: "The wildcard stands for the executions of this one machine, which are named when they begin.",
    })),
  );
}

const ACCEPTED = [
  {
    id: "AwsSolutions-S1",
    reason: "Buckets for logs are the end of the line: their own accesses are in CloudTrail.",
  },
  {
    id: "AwsSolutions-S2",
    reason:
      "Published reports are public by law (条例 第四十九条): the policy opens published/* alone and ACLs stay blocked.",
  },
  {
    id: "AwsSolutions-S5",
    reason: "With delivery “bucket” readers fetch published files straight from it; no distribution stands before it.",
  },
  ...[
    "artefacts",
    "dataset",
    "deliveries",
    "drafts",
    "fsck",
    "office",
    "policies",
    "published",
    "published/data",
    "rebuild",
    "records",
    "reminders",
    "rosters",
    "seals",
    "settings",
    "swept",
  ].map((prefix) => ({
    id: `AwsSolutions-IAM5[Resource::<StorageBucket5CB7C8EA.Arn>/${prefix}/*]`,
    reason: "The wildcard stands after a prefix of one bucket: every report is a new key.",
  })),
  ...["inbox", "work"].map((prefix) => ({
    id: `AwsSolutions-IAM5[Resource::<JobsBucket264FE5C6.Arn>/${prefix}/*]`,
    reason: "The wildcard stands after a prefix of the jobs' own bucket: every file and every part is a new key.",
  })),
  {
    id: "AwsSolutions-IAM5[Resource::*]",
    reason: "X-Ray takes segments without naming a resource; xray:PutTraceSegments and PutTelemetryRecords alone.",
  },
  {
    id: "AwsSolutions-IAM5[Resource::<FsckFunctionD06B1DD3.Arn>:*]",
    reason: "The schedule's role invokes this one function; the wildcard stands for its versions.",
  },
  {
    id: "AwsSolutions-SF1",
    reason: "A standard execution keeps its history for 90 days; what functions do is in their own logs.",
  },
  {
    id: "AwsSolutions-SF2",
    reason: "The functions are traced; a machine adds nothing but that they were called.",
  },
  {
    id: "AwsSolutions-IAM5[Resource::<IndexerFunction77B61F89.Arn>:*]",
    reason: "The schedule's role invokes this one function; the wildcard stands for its versions.",
  },
  {
    id: "AwsSolutions-APIG4",
    reason: "Every route that writes has the issuer's authorizer; those without only read what is public.",
  },
  {
    id: "AwsSolutions-COG2",
    reason: "A second factor is the stage's choice (`mfa`): not every clerk's office allows a telephone at the desk.",
  },
  {
    id: "AwsSolutions-COG8",
    reason:
      "Threat protection costs per user; accounts are made by administrators, and sign-in is throttled by Cognito.",
  },
  {
    id: "AwsSolutions-CFR1",
    reason: "Published reports are for readers everywhere.",
  },
  {
    id: "AwsSolutions-CFR2",
    reason: "A web ACL is the stage's choice (`waf`): what is read is public, static and cached.",
  },
  {
    id: "AwsSolutions-CFR4",
    reason: "Under CloudFront's own name the protocol cannot be chosen; with a name of the stage's own it is TLS 1.2.",
  },
];
