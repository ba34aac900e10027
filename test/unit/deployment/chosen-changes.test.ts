import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseComposeModel } from "../../../src/compose/model.ts";
import { chosenPorts, variablesToAdd } from "../../../src/deployment/chosen-changes.ts";

const API = { image: "getlago/api:v1.50.0" };

function toAdd(services: object, environment: Readonly<Record<string, string>>): string[] {
  const model = parseComposeModel(JSON.stringify({ services }));
  return variablesToAdd(model, Object.keys(environment), environment);
}

describe("variables of a deployment of plain compose", () => {
  it("are placed by the files that refer to them", () => {
    const environment = { SECRET_KEY_BASE: "${SECRET_KEY_BASE}", DATABASE_URL: "x://${DB_PW}@db" };
    expect(toAdd({ api: { ...API, environment } }, { SECRET_KEY_BASE: "a", DB_PW: "b" })).toEqual(
      [],
    );
  });

  it("are added where the files do not know them, or have another value", () => {
    const environment = { LAGO_API_URL: "http://localhost:3000" };
    const services = { api: { ...API, environment }, worker: API };
    expect(toAdd(services, { LAGO_LICENSE: "x", LAGO_API_URL: "https://other" })).toEqual([
      "LAGO_LICENSE",
      "LAGO_API_URL",
    ]);
  });

  it("are left alone where the files give the very value, under whatever name the service has it", () => {
    const services = {
      api: { ...API, environment: { LAGO_FRONT_URL: "https://lago.example.com" } },
      front: {
        image: "getlago/front:v1.50.0",
        environment: { API_URL: "https://api.example.com" },
      },
    };
    const environment = {
      LAGO_FRONT_URL: "https://lago.example.com",
      LAGO_API_URL: "https://api.example.com",
    };
    expect(toAdd(services, environment)).toEqual([]);
  });

  it("are placed by an env_file that gives them or refers to them", () => {
    const folder = mkdtempSync(join(tmpdir(), "zbl-test-adopted-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "lago.env");
    writeFileSync(path, "LAGO_API_URL=https://api.example.com\nLAGO_LICENSE=${LICENSE_OF_ACME}\n");
    const services = { api: { ...API, env_file: [{ path, required: true }] } };
    expect(
      toAdd(services, { LAGO_API_URL: "https://api.example.com", LICENSE_OF_ACME: "x" }),
    ).toEqual([]);
  });
});

describe("ports of a deployment of plain compose", () => {
  const ports = { api: 8080, front: 80, address: "127.0.0.1" };

  it("are changed where one was chosen, or the address", () => {
    expect(chosenPorts({}, ports)).toEqual({ address: "127.0.0.1" });
    expect(chosenPorts({ api: "auto" }, ports)).toEqual({ api: 8080, address: "127.0.0.1" });
    expect(chosenPorts({ address: "127.0.0.1" }, ports)).toEqual(ports);
  });
});
