import { createPrivateKey } from "node:crypto";

/** Minimum size of an RSA key in bits. */
const MIN_RSA_BITS = 2048;

/**
 * Reads an RSA private key given as PEM or as base64 of PEM and returns it as base64 on one line,
 * the only form that Lago reads from LAGO_RSA_PRIVATE_KEY.
 *
 * @throws Error whose message explains the problem and never shows the key
 */
export function rsaKeyAsBase64(value: string): string {
  const text = value.trim();
  const pem = text.startsWith("-----BEGIN")
    ? `${text}\n`
    : Buffer.from(text.replace(/\s+/g, ""), "base64").toString("utf8");
  if (!pem.startsWith("-----BEGIN")) {
    throw new Error("expected an RSA private key as PEM, or as base64 of PEM");
  }
  const key = readKey(pem);
  if (key.asymmetricKeyType !== "rsa") {
    throw new Error(`expected an RSA private key, got one of type ${key.asymmetricKeyType}`);
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < MIN_RSA_BITS) {
    throw new Error(`expected an RSA private key of ${MIN_RSA_BITS} bits or more, got ${bits}`);
  }
  return Buffer.from(pem, "utf8").toString("base64");
}

function readKey(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new Error("expected one RSA private key without a pass phrase; this PEM cannot be read");
  }
}
