import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { S3Store } from "../../src/store/s3.ts";

const written = new Map<string, IncomingHttpHeaders>();
const s3 = createServer((request, response) => {
  written.set(new URL(request.url!, "http://s3").pathname.slice("/bucket/".length), request.headers);
  request.resume().on("end", () => response.writeHead(200, { etag: '"e"' }).end());
});

beforeAll(() => {
  process.env["AWS_ACCESS_KEY_ID"] = "test";
  process.env["AWS_SECRET_ACCESS_KEY"] = "test";
  return new Promise<void>((resolve) => s3.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  s3.closeAllConnections();
  s3.close();
});

const store = (lockDays?: number): S3Store =>
  new S3Store({
    bucket: "bucket",
    region: "ap-southeast-1",
    endpoint: `http://127.0.0.1:${(s3.address() as AddressInfo).port}`,
    forcePathStyle: true,
    lockDays,
  });
const json = { contentType: "application/json" };

describe("what S3 is asked for when a stage locks its publications", () => {
  it.each(["records/11330100002489015P/2025/000001.json", "artefacts/sha256/0a"])(
    "locks %s from its writing, with a checksum, as S3 demands",
    async (key) => {
      const before = Date.now();
      await store(30).create(key, "{}", json);
      const headers = written.get(key)!;
      expect(headers["x-amz-object-lock-mode"]).toBe("GOVERNANCE");
      const until = Date.parse(headers["x-amz-object-lock-retain-until-date"] as string);
      expect(until).toBeGreaterThanOrEqual(before - 1000 + 30 * 24 * 3600_000);
      expect(until).toBeLessThanOrEqual(Date.now() + 30 * 24 * 3600_000);
      expect(headers["if-none-match"]).toBe("*");
      expect(Object.keys(headers).some((name) => name.startsWith("x-amz-checksum-"))).toBe(true);
    },
  );

  it("locks an artefact that is put back, too", async () => {
    await store(30).put("artefacts/y", "%PDF", { contentType: "application/pdf" });
    expect(written.get("artefacts/y")!["x-amz-object-lock-mode"]).toBe("GOVERNANCE");
  });

  it("leaves what is derived free", async () => {
    await store(30).create("published/x/2025/v1/report.pdf", "%PDF", { contentType: "application/pdf" });
    await store(30).put("published/x/2025/report.pdf", "%PDF", { contentType: "application/pdf" });
    for (const key of ["published/x/2025/v1/report.pdf", "published/x/2025/report.pdf"])
      expect(written.get(key)).not.toHaveProperty("x-amz-object-lock-mode");
  });

  it("locks nothing otherwise", async () => {
    await store().create("records/y/2025/000001.json", "{}", json);
    expect(written.get("records/y/2025/000001.json")).not.toHaveProperty("x-amz-object-lock-mode");
  });
});
