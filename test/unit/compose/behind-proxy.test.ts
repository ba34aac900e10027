import { describe, expect, it } from "vitest";
import { proxyFaults, withProxyNetwork } from "../../../src/compose/behind-proxy.ts";
import { parseComposeModel } from "../../../src/compose/model.ts";

const model = (services: object, more: object = {}) =>
  withProxyNetwork(parseComposeModel(JSON.stringify({ services, ...more })));

const API = { image: "getlago/api:v1.50.0" };

const order = (deploy: object) => model({ api: { ...API, deploy } }).services[0]?.updateOrder;

describe("the order of replacement", () => {
  it("begins with the new container, unless the files say otherwise", () => {
    expect(order({})).toBe("start-first");
    expect(order({ update_config: { order: "start-first" } })).toBe("start-first");
    expect(order({ update_config: { order: "stop-first" } })).toBe("stop-first");
  });

  it("is that of api and front alone", () => {
    const { services } = model({ backend: API, db: {}, web: { image: "getlago/front" } });
    expect(services.map(({ updateOrder }) => updateOrder !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe("faults", () => {
  const field = "behindProxy";

  it("are none of files as Lago has them", () => {
    expect(proxyFaults(model({ api: API, front: { scale: 1 }, pdf: { scale: 2 } }))).toEqual([]);
  });

  it.each([{ scale: 2 }, { deploy: { replicas: "2" } }])(
    "are several containers: %j",
    (several) => {
      const api = { ...API, ...several };
      const message = expect.stringContaining("api has more than one container");
      expect(proxyFaults(model({ api }))).toEqual([{ field, message }]);
    },
  );

  it("are a network of the proxy's name", () => {
    const message = expect.stringContaining("have a network proxy of their own");
    expect(proxyFaults(model({ api: {} }, { networks: { proxy: {} } }))).toEqual([
      { field, message },
    ]);
  });
});
