import { beforeAll, describe, expect, it, vi } from "vitest";
import { METRICS_NAMESPACE } from "../../infra/environment.ts";
import { recordKey } from "../../src/publish/record.ts";
import { loadBundle } from "../support/bundle.ts";
import { launch } from "../support/launcher.ts";
import { example, type Service, startService } from "../support/service.ts";

const USCC = "11371500MB28560185";
const PUBLIC = `published/${USCC}/2020/report.pdf`;

let service: Service;
let handler: (event: unknown, context: { getRemainingTimeInMillis(): number }) => Promise<void>;
beforeAll(async () => {
  service = await startService();
  const response = await service.post("/reports", await example("liaocheng-2020"));
  expect(response.status, await response.clone().text()).toBe(201);
  // As the stack sets it, for every function alike.
  vi.stubEnv("POWERTOOLS_METRICS_NAMESPACE", METRICS_NAMESPACE);
  ({ handler } = await loadBundle<{ handler: typeof handler }>("fsck"));
});

/** Runs the command on the service's store, whose place is in the environment. */
async function command(options: readonly string[], language = "zh") {
  const started = launch("scripts/fsck.ts", { NIANBAO_LANG: language }, options);
  const code = await started.ended;
  return { code, output: started.output() };
}

describe.sequential("fsck as it is run", () => {
  it("ends with 0 where all is well, and says so in Chinese or English", async () => {
    const { code, output } = await command(["--settle", "0"]);
    expect(output).toContain("没有问题");
    expect(code).toBe(0);
    const english = await command(["--settle", "0"], "en");
    expect(english.output).toContain("1 organs, 1 versions, 5 artefacts, 14 public files");
  });

  it("ends with 1 where something is wrong, by name, as text and as data", async () => {
    await service.store.put(PUBLIC, "%PDF-", { contentType: "application/pdf" });
    const text = await command(["--settle", "0"]);
    expect(text.code).toBe(1);
    expect(text.output).toContain(`${PUBLIC}  公开的文件与记录不符`);
    const data = await command(["--settle", "0", "--json"]);
    expect(JSON.parse(data.output)).toMatchObject({
      problems: 1,
      found: [{ kind: "public-differs", key: PUBLIC, mended: false }],
    });
    const mended = await command(["--settle", "0", "--mend"]);
    expect(mended.output).toContain("已修复");
    expect(mended.code).toBe(0);
  });

  it("ends with 2 when it could not run", async () => {
    expect((await command(["--what"])).code).toBe(2);
    const started = launch("scripts/fsck.ts", { S3_ENDPOINT: "http://127.0.0.1:1" });
    expect(await started.ended).toBe(2);
    expect(started.output()).toContain("没有回应");
  });

  it("runs on a schedule, gives its numbers as metrics, and fails on damage so that the alarm sees it", async () => {
    const printed: string[] = [];
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, "write").mockImplementation((text) => printed.push(String(text)) > 0);
    const context = { getRemainingTimeInMillis: () => 900_000 };
    await handler({}, context);
    const told = () => printed.filter((line) => line.includes("_aws")).map((line) => JSON.parse(line));
    const [emf] = told();
    expect(emf).toMatchObject({ FsckVersions: 1, FsckProblems: 0, FsckRounds: 1 });
    // Nobody had told an indexer of the report: it is listed now, and the next night there is nothing to do.
    expect(emf).toMatchObject({ PlacesIndexed: 1, RostersIndexed: 0 });
    const list = await service.store.get("published/divisions/371500/2020.json");
    expect(new TextDecoder().decode(list?.body)).toContain(USCC);
    await handler({}, context);
    expect(told()[1]).toMatchObject({ PlacesIndexed: 0, FsckProblems: 0 });
    expect(emf._aws.CloudWatchMetrics[0].Namespace).toBe(METRICS_NAMESPACE);

    const key = recordKey(USCC, 2020, 1);
    const { body, headers } = (await service.store.get(key))!;
    await service.store.put(key, body.subarray(0, 100), headers);
    await expect(handler({}, context)).rejects.toThrow("有1处问题");
    expect(printed.join("\n")).toContain("record-damaged");
    vi.restoreAllMocks();
  });
});
