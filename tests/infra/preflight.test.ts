import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { askAccount } from "../../infra/account.ts";
import { type Account, preflight } from "../../infra/preflight.ts";
import { useCredentials } from "../../local/credentials.ts";
import { china, full, global, ready } from "./support.ts";

const account: Account = {
  id: "111122223333",
  concurrency: 1000,
  blocksPublicPolicies: false,
  bootstrap: { "ap-southeast-1": 28, "us-east-1": 28, "cn-north-1": 28 },
  runtime: true,
};
const said = (stage: Parameters<typeof preflight>[0], answers: Partial<Account>) =>
  preflight(stage, { ...account, ...answers })
    .filter(({ severity }) => severity !== "fine")
    .map(({ severity, en }) => `${severity}: ${en}`);

describe("before a deployment", () => {
  it("nothing is said of an account that has all", () => {
    for (const stage of [ready, global, china, full]) expect(said(stage, {})).toEqual([]);
  });

  it.each([
    ["a new account's concurrency", ready, { concurrency: 10 }, /^warning: Lambda's concurrency is 10/],
    ["concurrency that cannot be set aside", full, { concurrency: 110 }, /^error: .*importsAtOnce \(20\)/],
    ["public access that is blocked", global, { blocksPublicPolicies: true }, /^error: the account blocks public/],
    ["a region that is not bootstrapped", china, { bootstrap: {} }, /^error: cn-north-1 is not bootstrapped/],
    ["a bootstrap that is too old", ready, { bootstrap: { "ap-southeast-1": 3 } }, /^error: .*too old \(3\)/],
    ["the web ACL's region", full, { bootstrap: { "ap-southeast-1": 28 } }, /^error: us-east-1 is not bootstrapped/],
    ["a runtime that the region does not know", china, { runtime: false }, /^error: .*nodejs24\.x.*nodejs22\.x/],
    ["what was not answered", china, { runtime: undefined }, /^unknown: whether cn-north-1 has nodejs24\.x/],
  ] as const)("%s is told", (_, stage, answers, expected) => {
    expect(said(stage, answers)).toEqual([expect.stringMatching(expected)]);
  });

  it("blocked public access is no matter where the bucket is private", () => {
    expect(said(ready, { blocksPublicPolicies: true })).toEqual([]);
  });
});

/** Answers in the shapes that AWS gives, by what is asked; the request is what it is asked by. */
function recorded(answers: Readonly<Record<string, readonly [status: number, body: string, headers?: object]>>) {
  const asked: string[] = [];
  return {
    asked,
    handler: {
      metadata: { handlerProtocol: "http/1.1" },
      updateHttpClientConfig: () => {},
      httpHandlerConfigs: () => ({}),
      handle: async (sent: unknown) => {
        const { method, hostname, path } = sent as { method: string; hostname: string; path: string };
        const name =
          hostname.split(".").find((part) => part in answers) ??
          Object.keys(answers).find((key) => path.includes(key))!;
        asked.push(`${method} ${hostname}${path}`);
        const [statusCode, body, headers = {}] = answers[name]!;
        return { response: { statusCode, headers: { ...headers }, body: Readable.from([Buffer.from(body)]) } };
      },
    },
  };
}

const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/x</Arn><UserId>U</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
const XML = { "content-type": "text/xml" };
const JSON_11 = { "content-type": "application/x-amz-json-1.1" };
const ANSWERS = {
  sts: [200, IDENTITY, XML],
  ssm: [200, `{"Parameter":{"Name":"/cdk-bootstrap/hnb659fds/version","Value":"28"}}`, JSON_11],
  "account-settings": [200, `{"AccountLimit":{"ConcurrentExecutions":1000}}`, { "content-type": "application/json" }],
  layers: [200, `{"Layers":[]}`, { "content-type": "application/json" }],
  publicAccessBlock: [
    200,
    `<PublicAccessBlockConfiguration xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>`,
    XML,
  ],
} as const;

describe("an account that is asked", () => {
  it("answers what there is, by reading alone", async () => {
    useCredentials({ accessKeyId: "test", secretAccessKey: "test" });
    const { handler, asked } = recorded(ANSWERS);
    expect(await askAccount(ready, handler as never)).toEqual({
      id: "111122223333",
      concurrency: 1000,
      blocksPublicPolicies: true,
      bootstrap: { "ap-southeast-1": 28 },
      runtime: true,
    });
    expect(asked.every((request) => /^GET |^POST (sts|ssm)\./.test(request))).toBe(true);
  });

  it("may refuse: what is not there is told from what was not answered", async () => {
    useCredentials({ accessKeyId: "test", secretAccessKey: "test" });
    const denied = [
      403,
      `{"Message":"no"}`,
      { "content-type": "application/json", "x-amzn-errortype": "AccessDeniedException" },
    ] as const;
    const { handler } = recorded({
      ...ANSWERS,
      ssm: [400, `{"__type":"ParameterNotFound"}`, JSON_11],
      "account-settings": denied,
      layers: [
        400,
        `{"Message":"Value 'nodejs24.x' at 'compatibleRuntime' failed to satisfy constraint"}`,
        { "content-type": "application/json", "x-amzn-errortype": "InvalidParameterValueException" },
      ],
      publicAccessBlock: [
        404,
        `<ErrorResponse><Error><Code>NoSuchPublicAccessBlockConfiguration</Code><Message>none</Message></Error></ErrorResponse>`,
        XML,
      ],
    });
    expect(await askAccount(china, handler as never)).toEqual({
      id: "111122223333",
      concurrency: undefined,
      blocksPublicPolicies: false,
      bootstrap: { "cn-north-1": undefined },
      runtime: false,
    });
  });
});
