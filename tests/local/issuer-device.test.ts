import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLIENT_ID, createIssuer } from "../../local/issuer.ts";

const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
let directory: string;
let issuer: Hono;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "nianbao-issuer-"));
  issuer = await createIssuer(directory, 9300);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const post = (path: string, body: Record<string, string>) =>
  issuer.request(`/issuer/${path}`, { method: "POST", body: new URLSearchParams(body) });
const begin = async () =>
  (await (await post("device_authorization", { client_id: CLIENT_ID, scope: "openid" })).json()) as Record<
    "device_code" | "user_code" | "verification_uri" | "verification_uri_complete",
    string
  >;
const poll = async (device_code: string) => {
  const answer = await post("token", { grant_type: DEVICE_CODE, client_id: CLIENT_ID, device_code });
  return (await answer.json()) as { error?: string; access_token?: string; refresh_token?: string };
};
const pause = () => new Promise((resolve) => setTimeout(resolve, 1000));

describe("the issuer's device flow (RFC 8628)", () => {
  it("waits for a decision, asks for patience, and gives tokens once", async () => {
    const { device_code, user_code, verification_uri_complete } = await begin();
    expect(user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect(verification_uri_complete).toContain(user_code);
    expect((await poll(device_code)).error).toBe("authorization_pending");
    expect((await poll(device_code)).error).toBe("slow_down");
    expect((await post("device", { user_code, user: "clerk" })).status).toBe(200);
    await pause();
    const tokens = await poll(device_code);
    expect(tokens.access_token).toBeTruthy();
    expect((await poll(device_code)).error).toBe("invalid_grant");
    const renewed = await post("token", {
      grant_type: "refresh_token",
      client_id: CLIENT_ID,
      refresh_token: tokens.refresh_token!,
    });
    expect(renewed.status).toBe(200);
  });

  it("gives nothing to one who was refused, or whose user nobody knows", async () => {
    for (const user of ["", "root"]) {
      const { device_code, user_code } = await begin();
      await post("device", { user_code, user });
      expect((await poll(device_code)).error).toBe("access_denied");
      // Decided once: nobody can change it after.
      expect((await post("device", { user_code, user: "clerk" })).status).toBe(303);
    }
    expect((await poll("nothing")).error).toBe("invalid_grant");
  });

  it("asks the user to compare the code, and knows no other", async () => {
    const { user_code } = await begin();
    const page = await issuer.request(`/issuer/device?user_code=${user_code.toLowerCase().replace("-", "")}`);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await page.text()).toContain(`>${user_code}</strong>`);
    expect(await (await issuer.request("/issuer/device?user_code=AAAA-AAAA")).text()).toContain("没有这个代码");
    expect(await (await issuer.request("/issuer/device")).text()).not.toContain("没有这个代码");
    expect((await post("device_authorization", { client_id: "another" })).status).toBe(401);
  });
});
