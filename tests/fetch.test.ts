/** Pages of public sites as the command line fetches them, on sites of this machine that a test's policy allows. */

import { readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addressesIn, fetchInto } from "../cli/fetching.ts";
import { isPublic } from "../src/fetch/addresses.ts";
import { FetchError } from "../src/fetch/fetch-error.ts";
import { Fetcher } from "../src/fetch/fetcher.ts";
import { type FetchPolicy, publicInternet } from "../src/fetch/policy.ts";
import { newFolder } from "./support/batch.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let port: number;
let pages: Record<string, Answer>;
let asked: string[];
let waits: number[];
let clock: number;

const says =
  (status: number, body = "", headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body);
const leadsTo = (location: string): Answer => says(302, "", { location });

beforeEach(async () => {
  [pages, asked, waits, clock] = [{ "/robots.txt": says(404) }, [], [], 0];
  server = createServer((request, response) => {
    asked.push(`${request.headers.host?.split(":")[0]}${request.url}`);
    (pages[request.url ?? ""] ?? says(404))(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => void server.close());

/** The names of the test's sites are this machine; every other address is judged as in earnest. */
const policy = (more: Partial<FetchPolicy> = {}): FetchPolicy => ({
  ...publicInternet("nianbao/0.0.0"),
  resolve: async (host) =>
    host.endsWith(".example")
      ? [{ address: "127.0.0.1", family: 4 }]
      : [{ address: host === "inside.test" ? "10.0.0.8" : "169.254.169.254", family: 4 }],
  isAllowed: (address) => address === "127.0.0.1" || isPublic(address),
  now: () => clock,
  pause: async (milliseconds) => {
    waits.push(milliseconds);
    clock += milliseconds;
  },
  ...more,
});
const at = (path: string, host = "site.example"): string => `http://${host}:${port}${path}`;
const fetched = (address: string, more?: Partial<FetchPolicy>) => new Fetcher(policy(more)).fetch(address);

describe("an address", () => {
  it.each([
    ...[
      "127.0.0.1",
      "127.9.9.9",
      "0.0.0.0",
      "10.1.2.3",
      "172.16.0.1",
      "192.168.1.1",
      "169.254.169.254",
      "100.100.100.200",
    ],
    ...["224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1"],
    ...["::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:a00:1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::1"],
    ...[
      "fe80::1",
      "fe80::1%eth0",
      "fc00::1",
      "fd00:ec2::254",
      "ff02::1",
      "fec0::1",
      "2001:db8::1",
      "not an address",
      "",
    ],
  ])("%s is not public", (address) => expect(isPublic(address)).toBe(false));
  it.each(["114.114.114.114", "::ffff:8.8.8.8", "2400:3200::1"])("%s is public", (address) =>
    expect(isPublic(address)).toBe(true),
  );
});

describe("a page", () => {
  it("comes with its name, through redirects, also packed", async () => {
    pages["/a"] = leadsTo("/art/%E5%B9%B4%E6%8A%A5.html");
    pages["/art/%E5%B9%B4%E6%8A%A5.html"] = (_request, response) =>
      void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("<p>报告</p>"));
    const page = await fetched(at("/a"));
    expect([page.name, new TextDecoder().decode(page.bytes)]).toEqual(["年报.html", "<p>报告</p>"]);
  });

  it("is fetched slowly: one request a second from a host, or as its robots.txt asks", async () => {
    pages["/robots.txt"] = says(200, "User-agent: *\nCrawl-delay: 5\n");
    pages["/a"] = says(200, "a");
    const fetcher = new Fetcher(policy());
    await fetcher.fetch(at("/a"));
    await fetcher.fetch(at("/a"));
    await fetcher.fetch(at("/a", "other.example"));
    expect(waits).toEqual([1000, 5000, 1000]);
  });

  it("that robots.txt forbids is not asked for, at the end of a redirect neither", async () => {
    pages["/robots.txt"] = says(200, "User-agent: *\nDisallow: /gov/\n");
    pages["/a"] = leadsTo("/gov/a");
    await expect(fetched(at("/gov/a"))).rejects.toThrow(/robots\.txt/);
    await expect(fetched(at("/a"))).rejects.toThrow(/robots\.txt/);
    expect(asked.filter((path) => path.includes("/gov/"))).toEqual([]);
  });

  it("is not asked for where robots.txt cannot be had", async () => {
    pages["/robots.txt"] = says(503);
    pages["/a"] = says(200, "a");
    await expect(fetched(at("/a"))).rejects.toThrow(FetchError);
    expect(asked).toEqual(["site.example/robots.txt"]);
  });

  it.each([
    ["an inside name", "http://inside.test/"],
    ["a cloud's metadata", "http://metadata.test/latest/"],
    ["an inside address", "http://192.168.0.1/"],
    ["the machine itself", "http://[::1]/"],
    ["a mapped address", "http://[::ffff:10.0.0.1]/"],
    ["a number", "http://2130706434/"],
    ["octal", "http://0177.0.0.2/"],
  ])("at %s is refused, asked for or led to", async (_, address) => {
    await expect(fetched(address)).rejects.toThrow(/不在公共互联网上/);
    pages["/a"] = leadsTo(address);
    await expect(fetched(at("/a"))).rejects.toThrow(/不在公共互联网上/);
  });

  it("of a host with one address inside is refused, and the address that was looked at is the one connected to", async () => {
    const both = async () => [
      { address: "127.0.0.1", family: 4 },
      { address: "10.0.0.8", family: 4 },
    ];
    await expect(fetched(at("/a"), { resolve: both })).rejects.toThrow(/10\.0\.0\.8/);
    // A name that says another address the second time it is asked.
    let times = 0;
    const rebinding = async () => {
      times += 1;
      return [{ address: times % 2 === 1 ? "127.0.0.1" : "10.0.0.8", family: 4 }];
    };
    pages["/a"] = says(200, "a");
    await expect(fetched(at("/a"), { resolve: rebinding })).rejects.toThrow(/10\.0\.0\.8/);
    expect(asked).toEqual(["site.example/robots.txt"]);
  });

  it.each([
    ["another protocol", "ftp://site.example/a"],
    ["a file", "file:///etc/passwd"],
    ["a password", "http://user:secret@site.example/"],
    ["no address", "年报"],
  ])("at %s is refused", async (_, address) => {
    await expect(fetched(address)).rejects.toThrow(FetchError);
    pages["/a"] = leadsTo(address === "年报" ? "http://" : address);
    await expect(fetched(at("/a"))).rejects.toThrow(FetchError);
  });

  it("that is too large, leads in a circle, is packed too well, or is not there is refused", async () => {
    pages["/large"] = (_request, response) => {
      response.on("error", () => {});
      for (let i = 0; i < 5; i += 1) response.write(Buffer.alloc(2 ** 20));
      response.end();
    };
    pages["/circle"] = leadsTo("/circle");
    pages["/bomb"] = (_request, response) =>
      void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(5 * 2 ** 20)));
    await expect(fetched(at("/large"))).rejects.toThrow(/4 MiB/);
    await expect(fetched(at("/circle"))).rejects.toThrow(/5次/);
    await expect(fetched(at("/bomb"))).rejects.toThrow(/4 MiB/);
    await expect(fetched(at("/none"))).rejects.toThrow(/404/);
  });

  it("of this machine is refused in earnest", async () => {
    await expect(new Fetcher(publicInternet("nianbao/0.0.0")).fetch(at("/a", "127.0.0.1"))).rejects.toThrow(
      /公共互联网/,
    );
    await expect(new Fetcher(publicInternet("nianbao/0.0.0")).fetch(at("/a", "localhost"))).rejects.toThrow(
      /公共互联网/,
    );
    expect(asked).toEqual([]);
  });
});

describe("a list of addresses", () => {
  it("is one a line, with remarks", () =>
    expect(
      addressesIn("# 市直\r\nhttp://a.example/1#top 报告\n\nhttp://a.example/1\t# 局\nhttp://a.example/1 \n"),
    ).toEqual(["http://a.example/1#top 报告", "http://a.example/1"]));

  it("is put into a folder, a page a file; what is there is not fetched again, what fails is named", async () => {
    pages["/1.html"] = says(200, "<html><body><p>一</p></body></html>");
    pages["/2"] = says(200, "%PDF-1.7\n");
    const folder = newFolder();
    const list = [at("/1.html"), at("/2"), at("/3")];
    const signal = new AbortController().signal;
    const failures = await fetchInto(folder, list, signal, new Fetcher(policy()));
    expect(failures.map(({ address }) => address)).toEqual([at("/3")]);
    const [host] = readdirSync(folder);
    const names = readdirSync(join(folder, host!)).toSorted();
    expect(names.map((name) => name.slice(name.indexOf("."))).toSorted()).toEqual([".html", ".pdf"]);
    expect(readFileSync(join(folder, host!, names.find((name) => name.endsWith(".html"))!), "utf8")).toContain("一");
    asked = [];
    pages["/3"] = says(200, "<p>三</p>");
    expect(await fetchInto(folder, list, signal, new Fetcher(policy()))).toEqual([]);
    expect(asked).toEqual(["site.example/robots.txt", "site.example/3"]);
  });

  it("is called by what is in each file, whatever its address says", async () => {
    pages["/text.html"] = says(200, "某局2024年政府信息公开工作年度报告\n一、总体情况\n收到申请1,204件。\n");
    pages["/tabs"] = says(200, "申请人情况\t自然人\t总计\n一、本年新收\t3\t3\n");
    pages["/table.csv"] = says(200, "项目,数量\n规章,0\n规范性文件,3\n");
    const folder = newFolder();
    const list = [at("/text.html"), at("/tabs"), at("/table.csv")];
    await fetchInto(folder, list, new AbortController().signal, new Fetcher(policy()));
    const names = readdirSync(join(folder, readdirSync(folder)[0]!));
    expect(names.map((name) => name.slice(name.indexOf("."))).toSorted()).toEqual([".csv", ".tsv", ".txt"]);
  });
});
