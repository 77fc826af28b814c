/** A log signed by AWS KMS, by the SDK's own client over its own protocol. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { logIdentityFromEnvironment, logKeysFromEnvironment } from "../../functions/sequencing.ts";
import { openCheckpoint, signCheckpoint } from "../../src/log/checkpoint.ts";
import { EMPTY_ROOT } from "../../src/log/hash.ts";
import { vkeyOf } from "../../src/log/note.ts";
import { keysOf } from "../../src/sequence/identity.ts";
import { KmsKeyError, kmsSigner } from "../../src/store/kms.ts";
import { TestKms } from "../support/kms.ts";

let kms: TestKms;
beforeAll(async () => {
  kms = await TestKms.start();
  kms.create("now");
  kms.create("before");
  kms.create("curve", "ECC_NIST_P256");
});
afterAll(() => kms?.close());
beforeEach(() => {
  vi.stubEnv("AWS_ENDPOINT_URL_KMS", kms.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  vi.stubEnv("AWS_REGION", "ap-southeast-1");
  vi.stubEnv("PUBLIC_URL", "https://reports.example.cn/");
  vi.stubEnv("TLOG_KEY_FILE", undefined);
  vi.stubEnv("TLOG_ORIGIN", undefined);
  vi.stubEnv("TLOG_KEYS", undefined);
  kms.calls.length = 0;
  kms.wrong = false;
});
afterEach(() => vi.unstubAllEnvs());

const head = { origin: "reports.example.cn/log", size: 0, root: EMPTY_ROOT };

describe.sequential("a key of KMS", () => {
  it("signs checkpoints by pure Ed25519, which those who have the public half verify", async () => {
    vi.stubEnv("TLOG_KMS_KEY", "now");
    const log = await logIdentityFromEnvironment().log!();
    const written = await signCheckpoint(head, log.signers);
    expect(await openCheckpoint(written, keysOf(log))).toMatchObject(head);
    const { request } = kms.calls.find(({ operation }) => operation === "Sign")!;
    expect(request).toMatchObject({ KeyId: "now", MessageType: "RAW", SigningAlgorithm: "ED25519_SHA_512" });
    expect(Buffer.from(request.Message!, "base64").toString()).toBe(written.slice(0, written.indexOf("\n\n") + 1));
  });

  it("is asked for its public half alone by who checks, and for nothing before there is something to sign", async () => {
    vi.stubEnv("TLOG_KMS_KEY", "now");
    logIdentityFromEnvironment();
    expect(kms.calls).toEqual([]);
    expect((await logKeysFromEnvironment())!.map(({ name }) => name)).toEqual(["reports.example.cn/log"]);
    expect(kms.calls.map(({ operation }) => operation)).toEqual(["GetPublicKey"]);
  });

  it("signs beside the one before it during a rotation", async () => {
    vi.stubEnv("TLOG_KMS_KEY", "now before");
    const log = await logIdentityFromEnvironment().log!();
    const written = await signCheckpoint(head, log.signers);
    for (const key of keysOf(log)) expect((await openCheckpoint(written, [key]))?.signed).toHaveLength(1);
    expect(
      kms.calls
        .filter(({ operation }) => operation === "Sign")
        .map(({ request }) => request.KeyId)
        .sort(),
    ).toEqual(["before", "now"]);
  });

  it("is asked for again after it could not be had", async () => {
    vi.stubEnv("TLOG_KMS_KEY", "later");
    const { log } = logIdentityFromEnvironment();
    await expect(log!()).rejects.toThrow("no key later");
    kms.create("later");
    expect((await log!()).signers).toHaveLength(1);
  });

  it("is refused when it is of another kind, and when what it answers is not its signature", async () => {
    await expect(kmsSigner("curve", "ap-southeast-1")).rejects.toThrow(KmsKeyError);
    await expect(kmsSigner("curve", "ap-southeast-1")).rejects.toThrow("ECC_NIST_P256, not ECC_NIST_EDWARDS25519");
    const signer = await kmsSigner("now", "ap-southeast-1");
    kms.wrong = true;
    await expect(signer.sign(new Uint8Array(8))).rejects.toThrow(KmsKeyError);
  });
});

describe.sequential("the public keys of a log", () => {
  it("may be listed for who checks without the signer", async () => {
    vi.stubEnv("TLOG_KMS_KEY", "now");
    const [key] = keysOf(await logIdentityFromEnvironment().log!());
    kms.calls.length = 0;
    vi.stubEnv("TLOG_KMS_KEY", undefined);
    vi.stubEnv("TLOG_KEYS", vkeyOf(key!));
    expect(await logKeysFromEnvironment()).toEqual([key]);
    expect([kms.calls, logIdentityFromEnvironment()]).toEqual([[], {}]);
    vi.stubEnv("TLOG_KEYS", "x+1+y");
    await expect(logKeysFromEnvironment()).rejects.toThrow("TLOG_KEYS");
  });
});
