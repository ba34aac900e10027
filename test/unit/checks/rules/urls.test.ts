import { describe, expect, it } from "vitest";
import { runChecks } from "../../../../src/checks/index.ts";
import { withProxyNetwork } from "../../../../src/compose/behind-proxy.ts";
import { parseComposeModel } from "../../../../src/compose/model.ts";

const MODEL = parseComposeModel(
  JSON.stringify({
    services: { api: { image: "getlago/api" }, front: { image: "getlago/front" } },
  }),
);

function found(model: typeof MODEL, apiUrl: string) {
  const variables = { LAGO_API_URL: apiUrl, LAGO_FRONT_URL: "https://billing.example.com" };
  return runChecks({ source: "stack", model, variables })
    .filter(({ id }) => id === "proxy-url")
    .map(({ field, severity }) => ({ field, severity }));
}

describe("an address on this host", () => {
  it("is an error where only a proxy reaches Lago", () => {
    expect(found(withProxyNetwork(MODEL), "http://localhost:3000")).toEqual([
      { field: "urls.api", severity: "error" },
    ]);
    expect(found(withProxyNetwork(MODEL), "https://api.example.com")).toEqual([]);
  });

  it("is none where Lago is published", () => {
    expect(found(MODEL, "http://localhost:3000")).toEqual([]);
  });
});
