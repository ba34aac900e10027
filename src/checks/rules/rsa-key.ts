import { rsaKeyAsBase64 } from "../../lago/config/rsa-key.ts";
import type { Check } from "../check.ts";
import type { CheckContext } from "../check-context.ts";
import { howToMake } from "../new-secret.ts";

export const RSA_KEY_CHECKS: readonly Check[] = [
  {
    id: "rsa-key",
    finds: "an RSA key that Lago cannot read, or one that is too short",
    run: (context) => {
      const name = "LAGO_RSA_PRIVATE_KEY";
      const reason = rsaFault(context.value(name), context.source);
      const remedy = howToMake(name);
      return reason === undefined
        ? []
        : [{ field: context.sourceOf(name), severity: "error", reason, remedy }];
    },
  },
];

function rsaFault(value: string, source: CheckContext["source"]): string | undefined {
  if (value === "") {
    return undefined;
  }
  if (source === "lint" && value.trimStart().startsWith("-----BEGIN")) {
    return "is PEM, which Lago does not read: it wants base64 of PEM on one line";
  }
  try {
    const pem = Buffer.from(rsaKeyAsBase64(value), "base64").toString("utf8");
    return pem.match(/-----BEGIN/g)?.length === 1 ? undefined : "holds more than one key";
  } catch (error) {
    return `is not usable: ${(error as Error).message}`;
  }
}
