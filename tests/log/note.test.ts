import { createPublicKey, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64, toBase64, utf8 } from "../../src/log/bytes.ts";
import { openCheckpoint, readCheckpoint, signCheckpoint } from "../../src/log/checkpoint.ts";
import { signerOf } from "../../src/log/ed25519.ts";
import { entryBytes, type LogEntry, readEntry } from "../../src/log/entry.ts";
import { hashOf } from "../../src/log/hash.ts";
import {
  cosignText,
  readNote,
  readVkey,
  signedBy,
  signText,
  type Verifier,
  vkeyOf,
  writeNote,
} from "../../src/log/note.ts";
import { readProof, writeProof } from "../../src/log/tlog-proof.ts";

const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n);
const log = await signerOf(seed(1));
const witness = await signerOf(seed(2));
const ORIGIN = "reports.example.cn/log";
const logKey: Verifier = { name: ORIGIN, kind: "note", publicKey: log.publicKey };
const witnessKey: Verifier = { name: "paper.example.cn", kind: "cosignature", publicKey: witness.publicKey };
const head = { origin: ORIGIN, size: 7, root: hashOf(utf8("root")) };

describe("signed notes", () => {
  it.each([
    {
      by: "C2SP signed-note",
      vkey: "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
      note: `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`,
    },
    {
      by: "golang.org/x/mod/sumdb/note",
      vkey: "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      note: `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`,
    },
  ])("verifies the one that $by publishes, and writes it and its key the same", async ({ vkey, note }) => {
    const key = readVkey(vkey)!;
    expect(vkeyOf(key)).toBe(vkey);
    const read = readNote(note)!;
    expect(await signedBy(read, [key])).toEqual([{ verifier: key }]);
    expect(writeNote(read)).toBe(note);
    expect(await signedBy({ ...read, text: read.text.replace("an", "no") }, [key])).toBeUndefined();
  });

  it("are signed as the published key signs", async () => {
    const key = fromBase64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")!.slice(1);
    const text =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const line = await signText(text, "PeterNeumann", await signerOf(key));
    expect(writeNote({ text, signatures: [line] })).toContain(
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
    );
  });

  it("are refused where they are not well-formed", () => {
    const good = "text\n\n— a.example AAAAAAE=\n";
    expect(readNote(good)).toBeDefined();
    const bad = [
      "text\n",
      "text\n\n",
      good.slice(0, -1),
      good.replace("—", "-"),
      good.replace("text", "te\txt"),
      good.replace("a.example", "a+b"),
      good.replace("AAAAAAE=", "AAAAAAF="),
      good.replace("AAAAAAE=", "AAAA"),
      good.replace("AAAAAAE=", "AAAAAAE= more"),
      `text\n\n${"— a.example AAAAAAE=\n".repeat(65)}`,
    ];
    expect(bad.filter((note) => readNote(note))).toEqual([]);
    const [name, id, key] = vkeyOf(logKey).split("+");
    for (const vkey of [`${name}+00000000+${key}`, `${name}+${id}`, `${name}x+${id}+${key}`, `+${id}+${key}`])
      expect(readVkey(vkey)).toBeUndefined();
  });
});

describe("checkpoints", () => {
  it("are opened with the log's key, with those of the witnesses who signed and when", async () => {
    const note = readNote(await signCheckpoint(head, [log]))!;
    const cosigned = [...note.signatures, await cosignText(note.text, witnessKey.name, witness, 1_679_315_147)];
    const written = writeNote({ text: note.text, signatures: cosigned });
    expect(await openCheckpoint(written, [logKey])).toEqual({ ...head, signed: [{ verifier: logKey }] });
    const { signed } = (await openCheckpoint(written, [logKey], [witnessKey]))!;
    expect(signed).toEqual([{ verifier: logKey }, { verifier: witnessKey, time: 1_679_315_147 }]);
  });

  it("carry cosignatures that another implementation of Ed25519 verifies over the text of the specification", async () => {
    const { text } = readNote(await signCheckpoint(head, [log]))!;
    const { signature } = await cosignText(text, witnessKey.name, witness, 1_679_315_147);
    const message = `cosignature/v1\ntime 1679315147\n${ORIGIN}\n7\n${toBase64(head.root)}\n`;
    const x = Buffer.from(witness.publicKey).toString("base64url");
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    expect(verify(null, Buffer.from(message), key, signature.slice(8))).toBe(true);
    expect(Buffer.from(signature.slice(0, 8)).readBigUInt64BE()).toBe(1_679_315_147n);
  });

  it("are not opened with another key, of another origin, or with any character changed", async () => {
    const note = readNote(await signCheckpoint(head, [log]))!;
    const signatures = [...note.signatures, await cosignText(note.text, witnessKey.name, witness, 12)];
    const written = writeNote({ text: note.text, signatures });
    expect(await openCheckpoint(written, [{ ...logKey, publicKey: witness.publicKey }])).toBeUndefined();
    expect(await openCheckpoint(written, [{ ...logKey, name: "other.example.cn" }])).toBeUndefined();
    await fc.assert(
      fc.asyncProperty(fc.nat(written.length - 1), fc.integer({ min: 32, max: 126 }), async (at, code) => {
        const character = String.fromCharCode(code);
        fc.pre(written[at] !== character);
        const forged = written.slice(0, at) + character + written.slice(at + 1);
        const opened = await openCheckpoint(forged, [logKey], [witnessKey]);
        // What is left may be the checkpoint with one of the two no longer known, never another checkpoint.
        if (opened)
          expect([opened.origin, opened.size, opened.root, opened.signed.length]).toEqual([...Object.values(head), 1]);
      }),
      { numRuns: 200 },
    );
  });

  it("are three lines and what may follow", () => {
    const root = toBase64(head.root);
    expect(readCheckpoint(`a\n0\n${root}\nextension\n`)).toMatchObject({ origin: "a", size: 0 });
    for (const text of [
      `\n1\n${root}\n`,
      `a\n01\n${root}\n`,
      `a\n1\n${root}`,
      `a\n1\n\n`,
      `a\n-1\n${root}\n`,
      `a\n1\n${root}\n\n`,
    ])
      expect(readCheckpoint(text)).toBeUndefined();
  });
});

describe("what goes with them", () => {
  it("is a proof in the text of C2SP tlog-proof", async () => {
    const checkpoint = await signCheckpoint(head, [log]);
    const proof = { index: 3, hashes: [hashOf(utf8("a")), hashOf(utf8("b"))], checkpoint };
    const written = writeProof(proof);
    expect(written.split("\n").slice(0, 2)).toEqual(["c2sp.org/tlog-proof@v1", "index 3"]);
    expect(readProof(written)).toEqual(proof);
    const extra = utf8("abc");
    expect(writeProof({ ...proof, extra })).toBe(written.replace("index", "extra YWJj\nindex"));
    expect(readProof(writeProof({ ...proof, extra }))).toEqual({ ...proof, extra });
    expect(readProof(written.replace("index", "extra YWJ\nindex"))).toBeUndefined();
    expect(readProof(writeProof({ ...proof, index: 0, hashes: [] }))?.hashes).toEqual([]);
    for (const [from, to] of [
      ["@v1", "@v2"],
      ["index 3", "index 03"],
      ["index 3\n", ""],
      ["\n\n", "\nAA==\n\n"],
    ] as const)
      expect(readProof(written.replace(from, to))).toBeUndefined();
  });

  it("is an entry in the one spelling of its content", () => {
    const files = [{ name: "report.pdf", sha256: "a".repeat(64) }];
    const entry: LogEntry = {
      format: 1,
      uscc: "11330100002489015P",
      year: 2025,
      version: 1,
      record: "b".repeat(64),
      files,
    };
    const bytes = entryBytes(entry);
    expect(readEntry(bytes)).toEqual(entry);
    const text = new TextDecoder().decode(bytes);
    for (const other of [
      `${text} `,
      text.replace("2025", "2025.0"),
      text.replace('"format":1', '"format":2'),
      "null",
      "[]",
      "x",
    ])
      expect(readEntry(utf8(other))).toBeUndefined();
  });
});
