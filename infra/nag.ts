import { type Stack, Validations } from "aws-cdk-lib";

/** What cdk-nag finds and we keep, each with its reason. */
export function acceptFindings(stack: Stack): void {
  for (const acknowledgement of ACCEPTED) Validations.of(stack).acknowledge(acknowledgement);
}

const ACCEPTED = [
  {
    id: "AwsSolutions-S1",
    reason: "The access-log bucket is the end of the line: its own accesses are in CloudTrail.",
  },
  {
    id: "AwsSolutions-S2",
    reason:
      "Published reports are public by law (条例 第四十九条): the policy opens published/* alone and ACLs stay blocked.",
  },
  {
    id: "AwsSolutions-S5",
    reason: "Readers fetch published files straight from the bucket; no distribution stands before it.",
  },
  {
    id: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
    reason: "It grants writing logs and nothing else.",
  },
  ...["artefacts", "records", "published", "seals"].map((prefix) => ({
    id: `AwsSolutions-IAM5[Resource::<Bucket83908E77.Arn>/${prefix}/*]`,
    reason: "The wildcard stands after a prefix of one bucket: every report is a new key.",
  })),
  {
    id: "AwsSolutions-APIG4",
    reason: "Filing is authorized by SigV4; the routes without an authorizer only read what is public.",
  },
];
