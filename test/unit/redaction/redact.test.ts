import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REDACTED, redactorFor } from "../../../src/redaction/redact.ts";
import { cleanText } from "../../../src/text/clean.ts";
import { anyText, anyUtf16 } from "../../support/arbitraries.ts";

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

/** The forms in which a secret turns up in what programs print. */
const FORMS: Record<string, (secret: string) => string> = {
  raw: (secret) => secret,
  "JSON-escaped": (secret) => JSON.stringify(secret).slice(1, -1),
  "JSON-escaped for HTML": (secret) =>
    JSON.stringify(secret)
      .slice(1, -1)
      .replace(/[<>&\u2028]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
  "URL-encoded": encodeURIComponent,
  "URL-encoded by a form": (secret) => new URLSearchParams([["", secret]]).toString().slice(1),
  "URL-encoded in small letters": (secret) =>
    encodeURIComponent(secret).replace(/%../g, (byte) => byte.toLowerCase()),
  base64,
  "base64 without padding": (secret) => base64(secret).replace(/=+$/, ""),
  base64url: (secret) => Buffer.from(secret, "utf8").toString("base64url"),
};

/** What a secret may be: long enough to be one, and more than white space. */
const secretArbitrary = anyText({ minLength: 8 }).filter((text) => text.trim().length >= 8);

describe("redactorFor", () => {
  it.each(Object.entries(FORMS))("hides any secret that is %s", (_, form) => {
    fc.assert(
      fc.property(anyText(), secretArbitrary, anyText(), (before, secret, after) => {
        const hidden = redactorFor([secret])(`${before}${form(secret)}${after}`);
        expect(hidden).not.toContain(form(secret));
        expect(hidden).toContain(REDACTED);
      }),
    );
  });

  it("hides any secret when control characters were taken out of the text", () => {
    fc.assert(
      fc.property(secretArbitrary, anyText(), (secret, after) => {
        const shown = [secret, JSON.stringify(secret)].map(cleanText);
        fc.pre(shown.every((text) => text.trim().length >= 8));
        const hidden = redactorFor([secret])(shown.join(after));
        expect(shown.filter((text) => hidden.includes(text))).toEqual([]);
      }),
    );
  });

  it("hides any secret within the base64 of a longer text", () => {
    fc.assert(
      fc.property(anyText(), secretArbitrary, anyText(), (before, secret, after) => {
        const hidden = redactorFor([secret])(base64(before + secret + after));
        expect(hidden).toContain(REDACTED);
        expect(Buffer.from(hidden.replace(REDACTED, ""), "base64").includes(secret)).toBe(false);
      }),
    );
  });

  it("hides each of several secrets, one within another too", () => {
    fc.assert(
      fc.property(fc.array(secretArbitrary, { minLength: 1, maxLength: 5 }), (parts) => {
        const secrets = [...parts, parts.join("")];
        const hidden = redactorFor(secrets)(secrets.join(" and "));
        for (const secret of secrets.filter((text) => !REDACTED.includes(text))) {
          expect(hidden).not.toContain(secret);
        }
      }),
    );
  });

  it("hides a secret whole that begins or ends with another", () => {
    const secrets = ["hunter2-hunter2", "hunter2-hunter2-and-more", "even-hunter2-hunter2"];
    for (const order of [secrets, secrets.toReversed()]) {
      const redact = redactorFor(order);
      expect(secrets.map((secret) => redact(secret))).toEqual(secrets.map(() => REDACTED));
    }
  });

  it("hides each line of a secret of several lines, however it is set off", () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs1", format: "pem" },
    });
    for (const key of [privateKey, privateKey.replaceAll("\n", "\r\n")]) {
      const log = key.split(/\r?\n/).map((line) => `api-1  | ${line}`);
      const hidden = redactorFor([key])(log.join("\n"));
      const body = privateKey.trim().split("\n").slice(1, -2);
      expect(body.length).toBeGreaterThan(20);
      expect(body.filter((line) => hidden.includes(line))).toEqual([]);
    }
  });

  it("hides the lines of a key that is known as base64 of PEM", () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const hidden = redactorFor([base64(privateKey)])(`the key is ${privateKey}`);
    const body = privateKey.trim().split("\n").slice(1, -2);
    expect(body.filter((line) => hidden.includes(line))).toEqual([]);
  });

  it("keeps the number of lines", () => {
    fc.assert(
      fc.property(fc.array(secretArbitrary), anyText(), (secrets, text) => {
        const whole = [text, ...secrets].join("\n");
        const hidden = redactorFor(secrets)(whole);
        expect(hidden.split("\n")).toHaveLength(whole.split("\n").length);
      }),
    );
  });

  it("leaves a text alone that holds no secret", () => {
    fc.assert(
      fc.property(fc.array(secretArbitrary), anyText(), (secrets, text) => {
        const parts = secrets.flatMap((secret) => [
          secret,
          cleanText(secret),
          ...secret.split("\n"),
        ]);
        fc.pre(!parts.some((part) => text.includes(part.trim().slice(0, 6))));
        expect(redactorFor(secrets)(text)).toBe(text);
      }),
    );
  });

  it("leaves ordinary words alone that are too short for a secret", () => {
    expect(redactorFor(["lago", "", "true"])("lago is true")).toBe("lago is true");
  });

  it("takes any text for a secret", () => {
    fc.assert(
      fc.property(anyUtf16(), (secret) => {
        expect(redactorFor([secret])("nothing")).toBe("nothing");
      }),
    );
  });
});
