import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { dockerEnvironment } from "../../../src/docker/endpoint-environment.ts";
import {
  commandNote,
  dockerCommand,
  type EngineSettings,
  engineFaults,
  engineName,
  engineOptions,
} from "../../../src/docker/endpoint-settings.ts";

const NO_TLS = {};

/** Fields with faults. */
const faulty = (settings: EngineSettings, environment: Record<string, string> = NO_TLS) =>
  engineFaults(settings, environment).map(({ field }) => field);

function certificates(...names: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-certs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of names) {
    writeFileSync(join(folder, name), "");
  }
  return folder;
}

describe("the address of an engine", () => {
  it.each([
    "ssh://root@lago.example.com",
    "ssh://lago.example.com",
    "ssh://deploy@10.0.0.5:2222",
    "ssh://root@[2001:db8::1]:22",
    "ssh://prod",
    "unix:///run/docker.sock",
    "tcp://127.0.0.1:2375",
    "tcp://localhost:2375",
    "tcp://[::1]:2375",
  ])("may be %s", (dockerHost) => {
    expect(faulty({ dockerHost })).toEqual([]);
  });

  it.each([
    "",
    "lago.example.com",
    "http://lago.example.com",
    "ssh://",
    "ssh://-oProxyCommand=x@host",
    "ssh://-oProxyCommand=x",
    "ssh://host/run/docker.sock",
    "ssh://ho st",
    "ssh://host\n",
    "tcp://lago.example.com",
    "tcp://user@127.0.0.1:2375",
    "unix://run/docker.sock",
    "unix://",
  ])("is not %j", (dockerHost) => {
    expect(faulty({ dockerHost })).toEqual(["dockerHost"]);
  });

  it("holds no password, which no message repeats", () => {
    const [issue] = engineFaults({ dockerHost: "ssh://root:hunter2@host" }, NO_TLS);
    expect(issue?.message).toContain("holds a password");
    expect(JSON.stringify(issue)).not.toContain("hunter2");
  });

  it("is the only one: a context beside it is refused with both named", () => {
    const [issue, ...more] = engineFaults({ dockerHost: "ssh://host", dockerContext: "prod" }, {});
    expect(issue?.field).toBe("dockerHost");
    expect(issue?.message).toContain("dockerContext");
    expect(more).toEqual([]);
  });
});

describe("a context", () => {
  it.each(["prod", "default", "a.b-c_d+1"])("may be called %s", (dockerContext) => {
    expect(faulty({ dockerContext })).toEqual([]);
  });
  it.each(["", "x", "-prod", "a b", "prod/x"])("is not called %j", (dockerContext) => {
    expect(faulty({ dockerContext })).toEqual(["dockerContext"]);
  });
});

describe("TLS", () => {
  const dockerHost = "tcp://lago.example.com:2376";

  it("is needed beyond this machine", () => {
    const [issue] = engineFaults({ dockerHost }, NO_TLS);
    expect(issue).toMatchObject({ field: "dockerHost" });
    expect(issue?.message).toContain("dockerCertPath");
    expect(faulty({ dockerHost }, { DOCKER_TLS_VERIFY: "" })).toEqual(["dockerHost"]);
    expect(faulty({ dockerHost }, { DOCKER_TLS_VERIFY: "1" })).toEqual([]);
  });

  it("takes a folder with certificates, by docker's names", () => {
    const whole = certificates("ca.pem", "cert.pem", "key.pem");
    expect(faulty({ dockerHost, dockerCertPath: whole })).toEqual([]);
    expect(faulty({ dockerHost, dockerCertPath: certificates("ca.pem") })).toEqual([]);
    const half = certificates("cert.pem");
    const [issue] = engineFaults({ dockerHost, dockerCertPath: half }, NO_TLS);
    expect(issue?.field).toBe("dockerCertPath");
    expect(issue?.message).toContain(`cannot read ca.pem and key.pem in ${half}`);
    expect(faulty({ dockerHost, dockerCertPath: "/zbl-test/none" })).toEqual(["dockerCertPath"]);
  });

  it("belongs to tcp alone", () => {
    const dockerCertPath = certificates("ca.pem");
    expect(faulty({ dockerHost: "ssh://host", dockerCertPath })).toEqual(["dockerCertPath"]);
    expect(faulty({ dockerContext: "prod", dockerCertPath })).toEqual(["dockerCertPath"]);
    expect(faulty({ dockerCertPath })).toEqual(["dockerCertPath"]);
  });
});

describe("what docker is told", () => {
  const CALLERS = {
    PATH: "/usr/bin",
    DOCKER_HOST: "tcp://caller:1",
    DOCKER_CONTEXT: "callers",
    DOCKER_TLS_VERIFY: "1",
    DOCKER_CERT_PATH: "/callers",
    DOCKER_CONFIG: "/config",
    SECRET: "x",
  };
  const { SECRET, ...inherited } = CALLERS;

  it("is what the caller's environment says, where no setting does", () => {
    expect(dockerEnvironment({}, CALLERS)).toEqual(inherited);
  });

  it("is the setting alone, where there is one", () => {
    expect(dockerEnvironment({ dockerHost: "unix:///x.sock" }, CALLERS)).toEqual({
      PATH: "/usr/bin",
      DOCKER_CONFIG: "/config",
      DOCKER_HOST: "unix:///x.sock",
    });
    expect(dockerEnvironment({ dockerContext: "prod" }, CALLERS)).toEqual({
      PATH: expect.stringMatching(/\/usr\/bin$/),
      DOCKER_CONFIG: "/config",
      DOCKER_CONTEXT: "prod",
    });
  });

  it("has the certificates of the setting, or else of the caller", () => {
    const dockerHost = "tcp://lago.example.com:2376";
    expect(dockerEnvironment({ dockerHost }, CALLERS)).toMatchObject({
      DOCKER_HOST: dockerHost,
      DOCKER_TLS_VERIFY: "1",
      DOCKER_CERT_PATH: "/callers",
    });
    const own = dockerEnvironment({ dockerHost, dockerCertPath: "certs" }, { PATH: "/usr/bin" });
    expect(own).toMatchObject({
      DOCKER_TLS_VERIFY: "1",
      DOCKER_CERT_PATH: join(process.cwd(), "certs"),
    });
  });
});

describe("what people are told", () => {
  it.each<[EngineSettings, string, string, string]>([
    [{}, "default", "docker", ""],
    [{ dockerHost: "ssh://a" }, "ssh://a", "docker --host ssh://a", " --docker-host ssh://a"],
    [{ dockerContext: "prod" }, "prod", "docker --context prod", " --docker-context prod"],
    [
      { dockerHost: "tcp://a:1", dockerCertPath: "c" },
      "tcp://a:1",
      "DOCKER_CERT_PATH=c docker --tlsverify --host tcp://a:1",
      " --docker-host tcp://a:1 --docker-cert-path c",
    ],
  ])("of %j", (engine, name, command, options) => {
    expect(engineName(engine)).toBe(name);
    expect(dockerCommand(engine)).toBe(command);
    expect(engineOptions(engine)).toBe(options);
    expect(commandNote(engine)).toBe(
      options === ""
        ? ""
        : ` (these commands are for ${name}: write \`${command}\` for \`docker\`, and add \`${options.trim()}\` to \`./zbl\`)`,
    );
  });
});

it("does not call a file that nobody may read a certificate", () => {
  const folder = certificates("ca.pem");
  chmodSync(join(folder, "ca.pem"), 0o000);
  // Root may read it all the same.
  const expected = process.getuid?.() === 0 ? [] : ["dockerCertPath"];
  expect(faulty({ dockerHost: "tcp://127.0.0.1:1", dockerCertPath: folder })).toEqual(expected);
});
