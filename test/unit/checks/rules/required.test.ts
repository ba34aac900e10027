/** Settings that the files give in another way than by their variables. */
import { describe, expect, it } from "vitest";
import { type Judged, judge, names } from "../subject.ts";

const missing = (change: Judged) =>
  names(judge(change)).filter((name) => name.startsWith("missing-setting:"));

describe("a setting without a value", () => {
  it("is missing", () => {
    expect(missing({ variables: { SECRET_KEY_BASE: undefined } })).toEqual([
      "missing-setting:SECRET_KEY_BASE",
    ]);
  });

  it("is not missing where a service reads the value from a file", () => {
    const api = { environment: { SECRET_KEY_BASE_FILE: "/run/secrets/key" } };
    const change = { services: { api }, variables: { SECRET_KEY_BASE: undefined } };
    expect(missing(change)).toEqual([]);
  });

  it("is not missing where the services have the key under Lago's other name of it", () => {
    const environment = { ENCRYPTION_PRIMARY_KEY: "${OUR_KEY}" };
    const services = { api: { environment }, migrate: { environment }, worker: { environment } };
    const change = { services: { ...services, clock: { environment } } };
    const variables = {
      LAGO_ENCRYPTION_PRIMARY_KEY: undefined,
      OUR_KEY: "Zk3vQ9wLr7TbXy2HnMd8sPfGcJa5UeKo",
    };
    expect(missing({ ...change, variables }).join()).not.toContain("ENCRYPTION_PRIMARY_KEY");
    expect(missing({ ...change, variables: { ...variables, OUR_KEY: "" } })).toContain(
      "missing-setting:LAGO_ENCRYPTION_PRIMARY_KEY",
    );
  });

  it.each(["./keys/private.pem:/app/config/keys/private.pem:ro", "lago-keys:/app/config/keys"])(
    "is not missing where the key is mounted: %s",
    (volume) => {
      const change = {
        services: { api: { volumes: [volume] } },
        variables: { LAGO_RSA_PRIVATE_KEY: undefined },
      };
      expect(missing(change)).toEqual([]);
      expect(missing({ ...change, services: {} })).toEqual([
        "missing-setting:LAGO_RSA_PRIVATE_KEY",
      ]);
    },
  );
});
