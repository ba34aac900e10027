/** What must hold of the compose file that comes with the package, whatever else changes in it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { BUNDLED_LAGO_PATH } from "../../../src/lago/bundled-file.ts";

interface Service {
  readonly image: string;
  readonly restart?: string;
  readonly container_name?: string;
  readonly privileged?: boolean;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

const TEXT = readFileSync(join(BUNDLED_LAGO_PATH, "docker-compose.yml"), "utf8");
const FILE = parse(TEXT, { merge: true }) as {
  readonly name?: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
const SERVICES = Object.entries(FILE.services);

/** Variables that hold secrets, with how the file refers to them. */
const SECRET_REFERENCES = [
  ...TEXT.matchAll(/\$\{([A-Z_]*(?:PASSWORD|KEY|SECRET|SALT|TOKEN|LICENSE)[A-Z_]*)([^}]*)\}/g),
].map((match) => [match[1], match[2]] as [string, string]);

describe("the bundled compose file", () => {
  it("has Lago's services", () => {
    expect(Object.keys(FILE.services)).toEqual(
      expect.arrayContaining([
        "db",
        "redis",
        "migrate",
        "api",
        "api-worker",
        "api-clock",
        "front",
        "pdf",
      ]),
    );
  });

  it("has no default for a secret", () => {
    expect(SECRET_REFERENCES.length).toBeGreaterThan(4);
    for (const [name, rest] of SECRET_REFERENCES) {
      expect(rest, name).toMatch(/^(:\?.+|:-)?$/);
    }
    expect(TEXT).not.toMatch(/changeme|your-secret|your-encryption|azerty/);
  });

  it("asks for the secrets that Lago does not start without", () => {
    const required = SECRET_REFERENCES.filter(([, rest]) => rest.startsWith(":?"));
    expect(new Set(required.map(([name]) => name))).toEqual(
      new Set([
        "POSTGRES_PASSWORD",
        "SECRET_KEY_BASE",
        "LAGO_RSA_PRIVATE_KEY",
        "LAGO_ENCRYPTION_PRIMARY_KEY",
        "LAGO_ENCRYPTION_DETERMINISTIC_KEY",
        "LAGO_ENCRYPTION_KEY_DERIVATION_SALT",
      ]),
    );
  });

  it("publishes api and front only, and to this host only", () => {
    const published = SERVICES.filter(([, { ports }]) => (ports ?? []).length > 0);
    expect(published.map(([name]) => name).sort()).toEqual(["api", "front"]);
    for (const [name, { ports = [] }] of published) {
      expect(
        ports.every((port) => port.startsWith("127.0.0.1:")),
        name,
      ).toBe(true);
    }
  });

  it("lets two deployments live on one host", () => {
    expect(FILE.name).toBeUndefined();
    expect(SERVICES.filter(([, service]) => service.container_name !== undefined)).toEqual([]);
    expect(Object.values(FILE.volumes).filter((volume) => volume !== null)).toEqual([]);
  });

  it("pins every image to a version, Lago's own all to the same", () => {
    for (const [name, { image }] of SERVICES) {
      expect(image, name).toMatch(/^[a-z0-9./-]+:[^:$]+$/);
      expect(image, name).not.toMatch(/:latest$/);
    }
    const lago = SERVICES.map(([, { image }]) => image).filter((image) =>
      /^getlago\/(api|front):/.test(image),
    );
    expect(new Set(lago.map((image) => image.split(":")[1])).size).toBe(1);
  });

  it("gives no container the engine or the host", () => {
    expect(TEXT).not.toContain("docker.sock");
    expect(SERVICES.filter(([, { privileged }]) => privileged === true)).toEqual([]);
    const bound = SERVICES.flatMap(([, { volumes = [] }]) => volumes).filter((volume) =>
      /^[./~]/.test(volume),
    );
    expect(bound).toEqual([]);
  });

  it("keeps what is data on volumes that outlive the containers", () => {
    const isNamed = (volume: string) => (volume.split(":")[0] ?? "") in FILE.volumes;
    const onVolumes = SERVICES.filter(([, { volumes = [] }]) => volumes.some(isNamed)).map(
      ([name]) => name,
    );
    expect(onVolumes).toEqual(expect.arrayContaining(["db", "redis", "api"]));
  });

  it("starts everything again after the host was, but the one-shots", () => {
    for (const [name, { restart }] of SERVICES) {
      expect(restart, name).toBe(name === "migrate" ? "no" : "unless-stopped");
    }
  });

  it("shows nobody the job queue", () => {
    expect(FILE.services.api?.environment?.LAGO_SIDEKIQ_WEB).toBe("${LAGO_SIDEKIQ_WEB:-false}");
  });
});
