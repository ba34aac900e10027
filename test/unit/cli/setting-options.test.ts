/** The options of the command line that give settings of a deployment. */
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { settingsFrom, withOptions } from "../../../src/cli/setting-options.ts";
import { SPEC_NAMES, settingOf } from "../../../src/spec/names.ts";
import { parseDeploymentSpec } from "../../../src/spec/spec.ts";

const GROUPS = ["project", "engine", "files", "start", "lock"] as const;

function command(): Command {
  const all = GROUPS.reduce(withOptions, new Command("up"));
  return all.exitOverride().configureOutput({ writeErr: () => {} });
}

function settings(...args: string[]): Record<string, unknown> {
  return settingsFrom(command().parse(args, { from: "user" }).opts());
}

describe("options of the command line", () => {
  it("give every setting that has one", () => {
    const given = settings(
      ...["-p", "lago-dev", "--docker-host", "tcp://h", "--docker-context", "remote"],
      ...["--docker-cert-path", "/certs", "--path", "lago", "--file", "a.yml", "b.yml"],
      ...["--profile", "tools", "--api-port", "auto", "--front-port", "8080", "--address", "::1"],
      "--behind-proxy",
      ...["--pull-policy", "never", "--start-timeout", "77", "--lock-timeout", "0"],
      ...[
        "--role",
        "backend=api",
        "web=front",
        "--release",
        "v1.50.0",
        "--allow-key-change",
        "secretKeyBase",
      ],
      ...["--allow-volume-change", "data", "--allow-unsafe", "a:B", "c:D"],
      ...["--allow-data-risk", "downgrade:api"],
    );
    expect(given).toEqual({
      projectName: "lago-dev",
      dockerHost: "tcp://h",
      dockerContext: "remote",
      dockerCertPath: "/certs",
      lagoPath: "lago",
      composeFiles: ["a.yml", "b.yml"],
      profiles: ["tools"],
      ports: { api: "auto", front: 8080, address: "::1" },
      behindProxy: true,
      pullPolicy: "never",
      startTimeoutSeconds: 77,
      lockTimeoutSeconds: 0,
      version: "v1.50.0",
      roles: { backend: "api", web: "front" },
      allowKeyChange: ["secretKeyBase"],
      allowVolumeChange: ["data"],
      allowUnsafe: ["a:B", "c:D"],
      allowDataRisk: ["downgrade:api"],
    });
    expect(Object.keys(given)).toEqual(SPEC_NAMES.filter((name) => settingOf(name).options));
    const { dockerHost, dockerCertPath, ...spec } = given;
    expect(parseDeploymentSpec(spec)).toEqual(spec);
  });

  it("give no setting that is left out, and only the parts that are there", () => {
    expect(settings()).toEqual({});
    expect(settings("--front-port", "0")).toEqual({ ports: { front: 0 } });
  });

  it("are all parsed in the form that they have", () => {
    expect(() => settings("--start-timeout", "soon")).toThrow("expected a whole number");
    expect(() => settings("--api-port", "Auto")).toThrow("expected a whole number");
    expect(() => settings("--pull-policy", "sometimes")).toThrow("missing, always, never");
  });

  it("tell the default of each setting that has one", () => {
    const help = command().helpInformation().replaceAll(/\s+/g, " ");
    expect(help).toContain("how long to wait (default: 300)");
    expect(help).toContain("another run on the project (default: 60)");
    expect(help).toContain("when to pull images (default: missing)");
  });
});
