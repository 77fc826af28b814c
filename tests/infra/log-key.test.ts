import { describe, expect, it } from "vitest";
import { bucketPolicy, full, global, only, type Properties, resources, type Statement, template } from "./support.ts";

const environmentOf = (cloud: ReturnType<typeof template>, part: string): Properties =>
  resources(cloud, "AWS::Lambda::Function").find(([id]) => id.startsWith(`${part}Function`))![1]["Environment"]
    .Variables;

describe("the key of the log of publications", () => {
  it("signs with the Ed25519 that signed notes have, and outlives the stack", () => {
    const [id, key] = only(template(global), "AWS::KMS::Key");
    expect(key).toMatchObject({ KeySpec: "ECC_NIST_EDWARDS25519", KeyUsage: "SIGN_VERIFY", PendingWindowInDays: 30 });
    expect(template(global).toJSON()["Resources"][id]).toMatchObject({ DeletionPolicy: "RetainExceptOnCreate" });
  });

  it("signs for the indexer and those whom the stage lists, and for no administrator of the account", () => {
    const [, key] = resources(template(full), "AWS::KMS::Key")[0]!;
    const deny = (key["KeyPolicy"].Statement as Statement[]).find(({ Effect }) => Effect === "Deny")!;
    expect(deny).toMatchObject({ Action: "kms:Sign", Principal: { AWS: "*" } });
    expect(deny.Condition!["ArnNotLike"]["aws:PrincipalArn"]).toEqual([
      { "Fn::GetAtt": [expect.stringMatching(/^IndexerFunctionRole/), "Arn"] },
      ...full.operators!,
    ]);
    const allowed = resources(template(full), "AWS::IAM::Policy").flatMap(
      ([, { PolicyDocument }]) => PolicyDocument.Statement as Statement[],
    );
    const sign = allowed.filter(({ Action }) => [Action].flat().includes("kms:Sign"));
    for (const { Condition } of sign)
      expect(Condition).toEqual({
        StringEquals: { "kms:SigningAlgorithm": "ED25519_SHA_512", "kms:MessageType": "RAW" },
      });
    expect(sign.flatMap(({ Resource }) => [Resource].flat())).toHaveLength(2);
  });

  it("is known to who signs and who checks, two during a rotation; what publishes knows that there is a log", () => {
    const cloud = template(full);
    const both = { "Fn::Join": ["", [expect.anything(), " ", expect.anything()]] };
    expect(environmentOf(cloud, "Indexer")["TLOG_KMS_KEY"]).toEqual(both);
    expect(environmentOf(cloud, "Fsck")["TLOG_KMS_KEY"]).toEqual(both);
    expect(environmentOf(cloud, "Fsck")["TLOG_WITNESSES"]).toBe(
      `${full.witnesses![0]!.key} https://paper.example.cn/witness`,
    );
    const { TLOG, TLOG_KMS_KEY } = environmentOf(cloud, "Api");
    expect([TLOG, TLOG_KMS_KEY]).toEqual(["true", undefined]);
  });

  it("may be somebody else's, where KMS has none of the kind: then nothing here signs", () => {
    const keys = ["reports.example.cn/log+e2f4d4b9+AZ5ZhJ0n8lO3xnnd3pHkPAUcVq3wXO4PjAqCsW4CBUpK"];
    const cloud = template({ ...global, log: { keys } });
    expect(resources(cloud, "AWS::KMS::Key")).toEqual([]);
    expect(environmentOf(cloud, "Fsck")["TLOG_KEYS"]).toBe(keys[0]);
    expect(Object.keys(environmentOf(cloud, "Indexer")).filter((name) => name.startsWith("TLOG"))).toEqual([]);
    expect(environmentOf(cloud, "Api")["TLOG"]).toBe("true");
  });

  it.each([
    [{ kms: ["a/b"] }, "字母和数字"],
    [{ kms: [] }, "至少有一个密钥"],
  ])("is refused as %j", (log, said) => {
    expect(() => template({ ...global, log })).toThrow(said);
  });
});

it("writes nothing of the log but what belongs to it, and nobody but fsck what fsck has seen", () => {
  const statement = (sid: string): Statement => bucketPolicy(template(global)).find(({ Sid }) => Sid === sid)!;
  const writers = (sid: string): unknown => statement(sid).Condition!["ArnNotLike"]["aws:PrincipalArn"];
  const role = (part: string) => ({ "Fn::GetAtt": [expect.stringMatching(`^${part}FunctionRole`), "Arn"] });
  expect(JSON.stringify(statement("LogWrittenByItsOwn").Resource)).toContain("/published/log/*");
  expect(writers("LogWrittenByItsOwn")).toEqual([role("Indexer"), role("Fsck")]);
  expect(JSON.stringify(statement("SeenByFsckAlone").Resource)).toContain("/fsck/*");
  expect(writers("SeenByFsckAlone")).toEqual([role("Fsck")]);
});
