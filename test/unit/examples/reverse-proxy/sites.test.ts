import { describe, expect, it } from "vitest";
import { proxyEnvironment } from "../../../../examples/reverse-proxy/sites.ts";

const LAGO = {
  apiUrl: "https://billing-api.example.com",
  frontUrl: "https://billing.example.com",
  proxy: { network: "lago-prod_proxy", api: "lago-prod-api:3000", front: "lago-prod-front:80" },
};
const AUTHORITY = { acmeEmail: "ops+lago@example.com" };

/** What is said of settings of which some are others. */
function said(lago: object, certificates: { acmeEmail: string } = AUTHORITY, httpPort = 80) {
  try {
    return proxyEnvironment({ ...LAGO, ...lago }, certificates, httpPort);
  } catch (error) {
    return (error as Error).message;
  }
}

describe("proxyEnvironment", () => {
  it("has names from the URLs and places from the ports", () => {
    expect(proxyEnvironment(LAGO, AUTHORITY, 80)).toEqual({
      CERTIFICATES: "email ops+lago@example.com",
      HTTP_PORT: "80",
      FRONT_HOST: "billing.example.com",
      FRONT_PORT: "443",
      FRONT_NAME: "lago-prod-front",
      FRONT_INNER_PORT: "80",
      API_HOST: "billing-api.example.com",
      API_PORT: "443",
      API_NAME: "lago-prod-api",
      API_INNER_PORT: "3000",
      LAGO_NETWORK: "lago-prod_proxy",
    });
    expect(proxyEnvironment(LAGO, "internal", 80).CERTIFICATES).toBe("local_certs");
  });

  it("takes ports from URLs", () => {
    const urls = { apiUrl: "https://a.example.com:8443/", frontUrl: "https://b.example.com:9443" };
    expect(said(urls, AUTHORITY, 8080)).toMatchObject({ API_PORT: "8443", FRONT_PORT: "9443" });
  });

  it.each([
    [{ apiUrl: "http://billing-api.example.com" }, "does not begin with https://"],
    [{ apiUrl: "https://billing.example.com/api" }, "has more than a host and a port"],
    [{ apiUrl: "https://user@billing.example.com" }, "has more than a host and a port"],
    [{ frontUrl: "https://localhost" }, "has no host name that DNS could know"],
    [{ frontUrl: "https://10.0.0.1" }, "has no host name that DNS could know"],
    [{ frontUrl: "https://[::1]" }, "has no host name that DNS could know"],
    [{ frontUrl: "https://a_b.example.com" }, "has no host name that DNS could know"],
    [{ frontUrl: "https://{$HOME}.example.com" }, "no"],
    [{ frontUrl: undefined }, "is no URL"],
    [{ apiUrl: LAGO.frontUrl }, "have one host, billing.example.com"],
    [{ proxy: undefined }, "set behindProxy to true in its stack"],
    [{ proxy: { ...LAGO.proxy, front: undefined } }, "proxy.front of Lago's stack, undefined"],
    [{ proxy: { ...LAGO.proxy, api: "lago-prod-api" } }, "proxy.api of Lago's stack"],
    [{ proxy: { ...LAGO.proxy, network: "a b" } }, 'proxy.network of Lago\'s stack, "a b"'],
    [{ proxy: { ...LAGO.proxy, api: "{$HOME}:80" } }, "proxy.api of Lago's stack"],
  ])("refuses %j", (lago, fault) => {
    expect(said(lago)).toContain(fault);
  });

  it.each(["", "ops", "a@b {\nlocal_certs", "a@b.example.com import /etc/passwd"])(
    "refuses %j as an address",
    (acmeEmail) => {
      expect(said({}, { acmeEmail })).toContain("acmeEmail:");
    },
  );

  it.each([0, 80.5, 65_536])("refuses %d as a port", (httpPort) => {
    expect(said({}, AUTHORITY, httpPort)).toContain("httpPort:");
  });

  it("refuses one port for both protocols, and says all that is wrong at once", () => {
    expect(said({}, AUTHORITY, 443)).toContain("apiUrl has port 443, which is httpPort");
    expect(String(said({ apiUrl: "no", proxy: 7 }, { acmeEmail: "" })).split("\n")).toHaveLength(6);
  });
});
