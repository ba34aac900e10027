import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newRsaPrivateKey } from "../../../../src/lago/config/generate.ts";
import { rsaKeyAsBase64 } from "../../../../src/lago/config/rsa-key.ts";
import { rsaKey } from "../../../support/keys.ts";

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
const wrapped = (text: string, width: number) =>
  text.replace(new RegExp(`.{${width}}`, "g"), "$&\n");
const { pkcs1, pkcs8 } = rsaKey();

function modulusOf(pem: string) {
  return createPrivateKey(pem).export({ format: "jwk" }).n;
}

describe("an RSA key that is taken", () => {
  it.each([
    ["PEM", pkcs1],
    ["PEM as OpenSSL 3 writes it", pkcs8],
    ["PEM without its last break", pkcs1.trimEnd()],
    ["PEM between blank lines", `\n\n${pkcs1}\n\n`],
    ["PEM with Windows line breaks", pkcs1.replaceAll("\n", "\r\n")],
    ["base64 on one line", base64(pkcs1)],
    ["base64 with a last break", `${base64(pkcs8)}\n`],
    ["base64 wrapped at 64", wrapped(base64(pkcs1), 64)],
    [
      "base64 wrapped at 76, with Windows breaks",
      wrapped(base64(pkcs1), 76).replaceAll("\n", "\r\n"),
    ],
    ["base64 without padding", base64(pkcs1).replace(/=+$/, "")],
  ])("may be %s", (_, value) => {
    const key = rsaKeyAsBase64(value);
    expect(key).toMatch(/^[A-Za-z0-9+/]+=*$/);
    expect(modulusOf(Buffer.from(key, "base64").toString())).toBe(modulusOf(pkcs1));
    expect(rsaKeyAsBase64(key)).toBe(key);
  });

  it("may be a generated one, of 2048 bits", async () => {
    const key = await newRsaPrivateKey();
    expect(rsaKeyAsBase64(key)).toBe(key);
    expect(Buffer.from(key, "base64").toString()).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
  });

  it("may have more bits", () => {
    expect(rsaKeyAsBase64(rsaKey(3072).pkcs8)).toMatch(/^LS0tLS1CRUdJTi/);
  });
});

describe("a key that is refused", () => {
  const ec = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey;
  const pss = generateKeyPairSync("rsa-pss", { modulusLength: 2048 }).privateKey;
  const pem = (key: typeof ec, passphrase?: string) =>
    key
      .export({
        type: "pkcs8",
        format: "pem",
        ...(passphrase === undefined ? {} : { cipher: "aes-256-cbc", passphrase }),
      })
      .toString();
  const publicKey = generateKeyPairSync("rsa", { modulusLength: 2048 })
    .publicKey.export({ type: "spki", format: "pem" })
    .toString();

  it.each([
    ["one for an elliptic curve", pem(ec), "got one of type ec"],
    ["one for PSS only", pem(pss), "got one of type rsa-pss"],
    ["one of 1024 bits", rsaKey(1024).pkcs1, "2048 bits or more, got 1024"],
    ["one with a pass phrase", pem(createPrivateKey(pkcs8), "x"), "without a pass phrase"],
    ["the public half", publicKey, "cannot be read"],
    ["one that was cut", pkcs1.slice(0, 800), "cannot be read"],
    ["base64 that was cut", base64(pkcs1).slice(0, 800), "cannot be read"],
    ["text", "correct horse battery staple", "as PEM, or as base64 of PEM"],
    ["nothing", "", "as PEM, or as base64 of PEM"],
    ["PEM in UTF-16", Buffer.from(pkcs1, "utf16le").toString("base64"), "as PEM"],
    ["base64 of base64", base64(base64(pkcs1)), "as PEM, or as base64 of PEM"],
  ])("is %s, by what is wrong with it", (_, value, reason) => {
    for (const form of [value, base64(value)].slice(0, value === "" ? 1 : 2)) {
      expect(() => rsaKeyAsBase64(form)).toThrow(/^expected /);
    }
    expect(() => rsaKeyAsBase64(value)).toThrow(reason);
  });
});
