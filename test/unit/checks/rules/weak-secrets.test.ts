/** Values that are no secrets, and places that are not safe, in a deployment of ours. */
import { describe, expect, it } from "vitest";
import { VARIABLES } from "../../../../src/lago/catalogue/index.ts";
import { type Judged, judge } from "../subject.ts";

/** What is refused, or warned of, in a deployment. */
const found = (change: Judged) =>
  judge({ source: "stack", ...change }).map(
    ({ severity, unsafeName }) => `${severity} ${unsafeName}`,
  );

const publicValues = VARIABLES.flatMap(({ name, secret, lagoDefault, unsafeDefault, effect }) =>
  secret && lagoDefault && unsafeDefault && effect !== "never"
    ? [[name, lagoDefault] as const]
    : [],
);

describe("a deployment is refused", () => {
  it.each(publicValues)("with the value of %s that stands in Lago's public file", (name, value) => {
    const variables = { [name]: value, LAGO_USE_AWS_S3: "true", LAGO_AWS_S3_BUCKET: "bucket" };
    expect(found({ variables })).toContain(`error default-secret:${name}`);
  });

  it.each([
    "changeme",
    "secret",
    "your-key",
    "xxxxxxxx",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "<key>",
  ])("with the placeholder %j for a key or a password", (value) => {
    for (const name of ["SECRET_KEY_BASE", "LAGO_ENCRYPTION_PRIMARY_KEY", "POSTGRES_PASSWORD"]) {
      const findings = found({ variables: { [name]: value } });
      expect(
        findings.some((one) => one.startsWith("error") && one.endsWith(name)),
        name,
      ).toBe(true);
    }
  });

  it.each(["SECRET_KEY_BASE", "LAGO_ENCRYPTION_PRIMARY_KEY", "LAGO_ENCRYPTION_DETERMINISTIC_KEY"])(
    "with a %s of fewer characters than a key needs",
    (name) => {
      expect(found({ variables: { [name]: "Zk3vQ9wLr7T" } })).toContain(`error short-key:${name}`);
    },
  );

  it.each(["POSTGRES_PASSWORD", "REDIS_PASSWORD", "LAGO_ORG_USER_PASSWORD"])(
    "with a %s of fewer than 8 characters, which could not be hidden",
    (name) => {
      expect(found({ variables: { [name]: "k3vQ9wL" } })).toContain(`error short-password:${name}`);
      expect(found({ variables: { [name]: "k3vQ9wL7" } }).join()).not.toContain("short-password");
    },
  );

  it("not for a short password of a server that may have been there before", () => {
    const findings = found({ variables: { LAGO_SMTP_PASSWORD: "k3vQ9wL" } });
    expect(findings).toContain("warning short-password:LAGO_SMTP_PASSWORD");
  });
});

describe("an address that other hosts reach", () => {
  it.each(["0.0.0.0", "::"])("is warned of: %s", (publishedAddress) => {
    expect(found({ publishedAddress })).toEqual(["warning public-port:ports.address"]);
    const accepted = { publishedAddress, allowUnsafe: ["public-port:ports.address"] };
    expect(found(accepted)).toEqual([]);
  });

  it.each(["127.0.0.1", "::1", "10.1.2.3", undefined])("is not %s", (publishedAddress) => {
    expect(found({ ...(publishedAddress === undefined ? {} : { publishedAddress }) })).toEqual([]);
  });
});
