import { type ChildProcess, execFile, spawn } from "node:child_process";
import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";
import { freePorts } from "./launcher.ts";

const run = promisify(execFile);
const PROGRAMS = ["ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "ceph", "ceph-authtool", "monmaptool"];

/** A Ceph of one monitor and one disk in memory, and its S3 gateway. */
export interface Ceph {
  readonly version: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  createBucket(name: string): Promise<void>;
  keepVersions(name: string): Promise<void>;
  close(): Promise<void>;
}

/** @throws when its programs are not installed */
async function expectInstalled(): Promise<void> {
  for (const name of PROGRAMS) {
    const places = (process.env["PATH"] ?? "").split(":").map((folder) => join(folder, name));
    if (
      !(await Promise.any(places.map((place) => access(place))).then(
        () => true,
        () => false,
      ))
    )
      throw new Error(`${name} is not installed: apt-get install --no-install-recommends ceph-mon ceph-osd radosgw`);
  }
}

const configuration = (folder: string, fsid: string, monitor: number, gateway: number): string => `[global]
fsid = ${fsid}
mon host = v1:127.0.0.1:${monitor}
public addr = 127.0.0.1
cluster addr = 127.0.0.1
keyring = ${folder}/keyring
run dir = ${folder}/run
admin socket =
pid file = ${folder}/run/$name.pid
log file = ${folder}/$name.log
crash dir = ${folder}/run
osd pool default size = 1
osd pool default min size = 1
osd crush chooseleaf type = 0
osd pool default pg num = 8
osd pool default pgp num = 8
mon allow pool size one = true
mon data = ${folder}/mon
osd data = ${folder}/osd
osd objectstore = memstore
memstore device bytes = 2147483648
osd max object name len = 1024
osd max object namespace len = 64
rgw frontends = beast endpoint=127.0.0.1:${gateway}
mon data avail warn = 1
mon data avail crit = 1
ms bind ipv6 = false
ms bind msgr2 = false
`;

/** Tries until it goes well. @throws what it threw last */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await work();
    } catch (error) {
      if (attempt === 120) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
}

/** Starts Debian's Ceph with all that it writes in a folder, on the loopback. */
export async function startCeph(folder: string): Promise<Ceph> {
  await expectInstalled();
  const [monitor, gateway] = await freePorts();
  for (const name of ["mon", "osd", "rgw", "run"]) await mkdir(join(folder, name), { recursive: true });
  const config = join(folder, "ceph.conf");
  const fsid = crypto.randomUUID();
  await writeFile(config, configuration(folder, fsid, monitor, gateway));
  const started: ChildProcess[] = [];
  const start = (name: string, ...options: string[]): void => {
    started.push(spawn(name, ["-c", config, "-f", ...options], { stdio: "ignore" }));
  };
  const ceph = (...words: string[]) => run("ceph", ["-c", config, "--connect-timeout", "5", ...words]);
  const keyring = join(folder, "keyring");
  const all = ["--cap", "mon", "allow *", "--cap", "osd", "allow *"];

  await run("ceph-authtool", ["--create-keyring", keyring, "--gen-key", "-n", "mon.", "--cap", "mon", "allow *"]);
  await run("ceph-authtool", [keyring, "--gen-key", "-n", "client.admin", ...all]);
  const map = join(folder, "monmap");
  await run("monmaptool", ["--create", "--fsid", fsid, "--addv", "a", `v1:127.0.0.1:${monitor}`, map]);
  await run("ceph-mon", ["-c", config, "--mkfs", "-i", "a", "--monmap", map, "--keyring", keyring]);
  start("ceph-mon", "-i", "a");
  await eventually(() => ceph("-s"));

  await ceph("osd", "create");
  const osdKeyring = join(folder, "osd", "keyring");
  await run("ceph-authtool", ["--create-keyring", osdKeyring, "--gen-key", "-n", "osd.0"]);
  await ceph("auth", "add", "osd.0", "osd", "allow *", "mon", "allow profile osd", "-i", osdKeyring);
  await run("ceph-osd", ["-c", config, "-i", "0", "--mkfs", "--keyring", osdKeyring]);
  await ceph("osd", "crush", "add", "osd.0", "1.0", "root=default", "host=localhost");
  start("ceph-osd", "-i", "0", "--keyring", osdKeyring);

  const gatewayKeyring = join(folder, "rgw", "keyring");
  await ceph("auth", "get-or-create", "client.rgw.a", "mon", "allow *", "osd", "allow *", "-o", gatewayKeyring);
  start("radosgw", "-n", "client.rgw.a", "--keyring", gatewayKeyring);
  const endpoint = `http://127.0.0.1:${gateway}`;
  await eventually(() => fetch(endpoint));
  const credentials = { accessKeyId: "nianbao", secretAccessKey: crypto.randomUUID() };
  const { accessKeyId, secretAccessKey } = credentials;
  const keys = ["--access-key", accessKeyId, "--secret", secretAccessKey];
  await run("radosgw-admin", ["-c", config, "user", "create", "--uid=nianbao", "--display-name=nianbao", ...keys]);
  const client = new S3Client({ region: "us-east-1", endpoint, forcePathStyle: true, credentials });
  const { stdout } = await run("radosgw", ["--version"]);
  return {
    version: stdout.split("(")[0]!.trim(),
    endpoint,
    credentials,
    createBucket: async (name) => void (await client.send(new CreateBucketCommand({ Bucket: name }))),
    keepVersions: async (name) => {
      const VersioningConfiguration = { Status: "Enabled" } as const;
      await client.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration }));
    },
    close: async () => {
      const ended = started.map((child) => new Promise((resolve) => child.once("exit", resolve)));
      for (const child of started.reverse()) child.kill("SIGKILL");
      await Promise.all(ended);
    },
  };
}
