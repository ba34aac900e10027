/** Secrets that were broken over lines, wrapped or cut before anybody could look for them whole. */
import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REDACTED, redactorFor } from "../../../../src/redaction/redact.ts";
import { anyText } from "../../../support/arbitraries.ts";

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

/**
 * A secret as it is generated: letters and digits, at least 16. Without an n, which would be part of
 * the break behind a backslash.
 */
const generated = fc.string({
  unit: fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmopqrstuvwxyz0123456789"),
  minLength: 16,
  maxLength: 200,
});

/** What stands where a text was broken. */
const BREAKS = {
  "a line break": "\n",
  "a line break and indentation": "  \n    ",
  "compose's prefix": "\napi-1  | ",
  "compose's prefix and indentation": "\napi-worker-12  |   ",
  "a line break of a JSON text": "\\n",
  "a line break of a URL": "%0D%0A",
};

const FORMS: Record<string, (secret: string) => string> = {
  raw: (secret) => secret,
  "URL-encoded": encodeURIComponent,
  "JSON-escaped": (secret) => JSON.stringify(secret).slice(1, -1),
  base64,
};

/** The text in pieces of these lengths, one after the other and over again. */
function broken(text: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; start += pieces.at(-1)?.length ?? 0) {
    const length = lengths[pieces.length % lengths.length] ?? 1;
    pieces.push(text.slice(start, start + length));
  }
  return pieces;
}

const lengths = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 });

describe("a secret that is broken over lines", () => {
  it.each(
    Object.entries(BREAKS).flatMap(([where, between]) =>
      Object.entries(FORMS).map(([form, encode]) => ({ where, between, form, encode })),
    ),
  )("is hidden at $where when it is $form", ({ between, encode }) => {
    fc.assert(
      fc.property(generated, lengths, (secret, cuts) => {
        const pieces = broken(encode(secret), cuts);
        const text = `before: ${pieces.join(between)} :after`;
        const hidden = redactorFor([secret])(text);
        expect(hidden).toBe(`before: ${pieces.map(() => REDACTED).join(between)} :after`);
      }),
    );
  });

  it("is hidden with any characters in it", () => {
    const secrets = anyText({ minLength: 12 }).filter(
      (text) => !/[\s\\]/.test(text) && new Set(text).size > 6,
    );
    fc.assert(
      fc.property(secrets, lengths, (secret, cuts) => {
        const pieces = broken(
          secret,
          cuts.map((length) => length + 4),
        );
        const hidden = redactorFor([secret])(pieces.join("\n"));
        expect(hidden.replaceAll(REDACTED, "").trim()).toBe("");
      }),
    );
  });

  it("is hidden although its first lines are cut off", () => {
    fc.assert(
      fc.property(generated, fc.integer({ min: 4, max: 10 }), fc.nat(), (secret, columns, n) => {
        const lines = broken(`${secret}${secret}`, [columns]);
        const left = lines.slice(n % (lines.length - 4));
        const hidden = redactorFor([secret + secret])(left.join("\n"));
        expect(hidden).toBe(left.map(() => REDACTED).join("\n"));
      }),
    );
  });

  it("is hidden when it is of several words", () => {
    const redact = redactorFor(["correct horse battery staple"]);
    for (const text of [
      "correct horse\nbattery staple",
      "correct\n  horse\n  battery\n  staple",
      "correct%20horse%0Abattery%20staple",
      "correct+horse+bat\ntery+staple",
    ]) {
      expect(redact(text)).not.toMatch(/correct|horse|battery|staple/);
    }
  });
});

describe("a long secret that is wrapped", () => {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const der = privateKey.replace(/-----.*-----|\n/g, "");
  const wrap = (text: string, columns: number) => broken(text, [columns]);

  describe.each([60, 64, 76])("at %d columns", (columns) => {
    it.each<[string, string, string]>([
      ["the base64 of a key, known as PEM", privateKey, base64(privateKey)],
      ["the base64 of a key, known as such", base64(privateKey), base64(privateKey)],
      ["the body of a key, known as PEM", privateKey, der],
      ["the body of a key, known as base64 of PEM", base64(privateKey), der],
      ["the base64 of a longer text", "x7Kp".repeat(20), base64(`{"key":"${"x7Kp".repeat(20)}"}`)],
    ])("is hidden as %s", (_, secret, text) => {
      const lines = wrap(text, columns);
      for (const prefix of ["", "api-1  | ", "2026-01-02T03:04:05Z [info] key: "]) {
        const hidden = redactorFor([secret])(lines.map((line) => prefix + line).join("\n"));
        // The first and the last line may begin and end with what is not the secret's.
        for (const line of lines.slice(1, -1)) {
          expect(hidden).not.toContain(line.slice(0, 16));
          expect(hidden).not.toContain(line.slice(-16));
        }
      }
    });
  });
});

describe("a piece of a secret", () => {
  it("is hidden from 16 characters on, wherever it was cut and whatever stands around", () => {
    fc.assert(
      fc.property(
        generated.filter((secret) => secret.length >= 32),
        fc.nat(),
        fc.integer({ min: 16, max: 31 }),
        anyText(),
        anyText(),
        (secret, from, length, before, after) => {
          const start = from % (secret.length - length + 1);
          const piece = secret.slice(start, start + length);
          const hidden = redactorFor([secret])(`${before} ${piece} ${after}`);
          expect(hidden).not.toContain(piece);
          expect(hidden).toContain(REDACTED);
        },
      ),
    );
  });

  it("is hidden from 6 characters on where the text begins or ends with it", () => {
    const different = (text: string) => new Set(text).size >= 4;
    fc.assert(
      fc.property(generated, fc.integer({ min: 6, max: 15 }), (secret, length) => {
        fc.pre(different(secret.slice(0, length)) && different(secret.slice(-length)));
        const redact = redactorFor([secret]);
        expect(redact(`${secret.slice(-length)} and on`)).toBe(`${REDACTED} and on`);
        expect(redact(`it is ${secret.slice(0, length)}`)).toBe(`it is ${REDACTED}`);
      }),
    );
  });

  it("is hidden at either end of a text with blanks around it, as in an indented log", () => {
    const secret = "5938b6e21cR47UZZd3ASvM9bNf2hTj5m";
    const redact = redactorFor([secret]);
    expect(redact("    9bNf2hTj5m\nand on")).toBe(`    ${REDACTED}\nand on`);
    expect(redact("    9bNf2hT\n    j5m\nand on")).toBe(`    ${REDACTED}\n    ${REDACTED}\nand on`);
    expect(redact("on and\n    5938b6e2  \n")).toBe(`on and\n    ${REDACTED}  \n`);
  });

  it("is none where it is public: a host in a URL, a rule of dashes, the armour of a key", () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const redact = redactorFor([
      "postgresql://lago:hunter2-hunter2@db.example.com:5432/lago?search_path=public",
      `${"-".repeat(40)}hunter2-hunter2${"-".repeat(40)}`,
      privateKey,
    ]);
    for (const text of [
      "no answer from db.example.com:5432/lago?search_path=public",
      "-".repeat(40),
      "expected -----BEGIN PRIVATE KEY-----",
    ]) {
      expect(redact(text)).toBe(text);
    }
  });
});

describe("the password of a URL", () => {
  it.each([
    ["postgresql://lago:own@db:5432/lago", "postgresql://lago:[secret]@db:5432/lago"],
    ["redis://:p%40ss@redis:6379 refused", "redis://:[secret]@redis:6379 refused"],
    ["proxy http://user:p@ss:w@proxy:3128/", "proxy http://user:[secret]@proxy:3128/"],
  ])("is hidden although nobody knows it: %s", (text, expected) => {
    expect(redactorFor([])(text)).toBe(expected);
  });

  it.each([
    "http://localhost:3000/a:b@c",
    "git@github.com:getlago/lago.git",
    "http://user@host:80/",
    "image registry.example.com:5000/lago@sha256:0",
  ])("is not seen in %s", (text) => {
    expect(redactorFor([])(text)).toBe(text);
  });
});

describe("a hostile text", () => {
  it.each([
    ["at signs", "a://b:@"],
    ["schemes", "a://a:"],
    ["dashes and letters", "a-"],
    ["blanks", " "],
    ["line breaks", "\n"],
    ["escaped line breaks", "\\n%0A"],
    ["prefixes of compose", "\napi-1  | "],
    ["a run of the secret", "hunter2-"],
  ])("takes no longer for many %s than for other text", (_, unit) => {
    const redact = redactorFor([
      "hunter2-hunter2",
      "correct horse battery",
      base64("x".repeat(99)),
    ]);
    const text = unit.repeat(4_000_000 / unit.length);
    redact("");
    // Not by the clock: others may be at work on the machine.
    const before = process.cpuUsage();
    redact(text);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(4_000);
  });
});
