/** What a preview says of another engine, and of one that cannot be spoken to. */
import { describe, expect, it } from "vitest";
import type { OptIns } from "../../src/pulumi/stack/project-faults.ts";
import { type ProjectInputs, projectProvider } from "../../src/pulumi/stack/project-provider.ts";
import type { Answer, Script } from "../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { SMALL } from "../support/sample.ts";
import { DOWN, PROVIDER, RUNNING, reasonsIn, SPEC, VOLUMES } from "./sample-project.ts";

type Inputs = ProjectInputs & typeof PROVIDER;

const OLD = "ssh://zbl-test-old";
const NEW = "ssh://zbl-test-new";
const ANSWERS: Script = { ...SMALL, "version --format": { stdout: "26.1.5\n" } };
/** Two engines: each call is answered in turn. */
const TWO = { "info --format": [{ stdout: "one host-a\n" }, { stdout: "two host-b\n" }] };

/** Checks the spec on another engine than the stack had before. */
async function check(
  before: Partial<Inputs["spec"]>,
  after: Partial<Inputs["spec"]>,
  { optIns = {}, script = {} }: { readonly optIns?: OptIns; readonly script?: Script } = {},
) {
  const docker = useFakeDocker({ ...ANSWERS, ...TWO, ...script });
  const olds: Inputs = { ...PROVIDER, spec: { ...SPEC, ...before } };
  const news: Inputs = { ...PROVIDER, spec: { ...SPEC, ...after }, optIns };
  const { failures } = await projectProvider.check(olds, news);
  return { docker, reasons: reasonsIn(failures) };
}

/** The old engine is asked first. */
const THERE_ONLY: Script = { "volume ls": [VOLUMES["volume ls"] as Answer, {}] };

describe("another engine for the same stack", () => {
  it("is refused, with both, what is left there and the way", async () => {
    const script = { ...VOLUMES, ...RUNNING };
    const { reasons } = await check({ dockerHost: OLD }, { dockerHost: NEW }, { script });
    const [reason = ""] = reasons.filter((one) => one.includes("the engine cannot change"));
    expect(reason).toMatch(/^InvalidConfig: dockerHost: /);
    expect(reason).toContain(`from "${OLD}" to "${NEW}"`);
    expect(reason).toContain("still has containers there");
    expect(reason).toContain(
      `1. stop the old one (\`./zbl down --project lago-test --docker-host ${OLD}\``,
    );
    expect(reason).toContain(`docker --host ${OLD} run --rm --volume lago-test_pg:/from:ro`);
    expect(reason).toContain(`docker --host ${NEW} volume create`);
    expect(reason).toContain(`allow it (allowHostChange "${OLD}") and deploy`);
    expect(reason).not.toContain("z-billing-lago-keys");
  });

  it.each<[string, Partial<Inputs["spec"]>, Partial<Inputs["spec"]>, string]>([
    ["from docker's own", {}, { dockerHost: NEW }, "default"],
    ["to docker's own", { dockerHost: OLD }, {}, OLD],
    ["to a context", { dockerHost: OLD }, { dockerContext: "prod" }, OLD],
  ])("goes for every change: %s", async (_, before, after, allowHostChange) => {
    const script = { ...VOLUMES, "context inspect": { stdout: `${NEW}\n` } };
    const refused = await check(before, after, { script });
    expect(refused.reasons).toEqual([expect.stringContaining("the new one begins EMPTY")]);
    const wrong = await check(before, after, { script, optIns: { allowHostChange: "other" } });
    expect(wrong.reasons).toHaveLength(1);
    const allowed = await check(before, after, {
      script: { ...script, ...THERE_ONLY },
      optIns: { allowHostChange },
    });
    expect(allowed.reasons).toEqual([]);
  });

  it("is refused whatever is allowed while there are containers on the old one", async () => {
    const { reasons } = await check(
      { dockerHost: OLD },
      { dockerHost: NEW },
      { script: { ...VOLUMES, ...RUNNING }, optIns: { allowHostChange: OLD } },
    );
    expect(reasons.join()).toContain("still has containers there");
  });

  it("may be chosen by name where the old one does not answer any more", async () => {
    const script = { "volume ls": [DOWN, {}] };
    const refused = await check({ dockerHost: OLD }, { dockerHost: NEW }, { script });
    expect(refused.reasons).toEqual([expect.stringContaining("cannot be asked what is left")]);
    const optIns = { allowHostChange: OLD };
    const allowed = await check({ dockerHost: OLD }, { dockerHost: NEW }, { script, optIns });
    expect(allowed.reasons).toEqual([]);
  });

  it("is no matter where there is nothing to leave, or where it is the same one", async () => {
    const nothing = await check({ dockerHost: OLD }, { dockerHost: NEW });
    expect(nothing.reasons).toEqual([]);
    const same = { "info --format": { stdout: "one host-a\n" } };
    const script = { ...VOLUMES, ...same };
    const renamed = await check({ dockerHost: OLD }, { dockerHost: NEW }, { script });
    expect(renamed.reasons.join()).not.toContain("the engine cannot change");
  });

  it("is not looked for where nothing changes", async () => {
    const { docker, reasons } = await check({ dockerHost: OLD }, { dockerHost: OLD });
    expect(reasons).toEqual([]);
    expect(docker.calls("info --format")).toEqual([]);
    const own = await check({}, {});
    expect(own.docker.calls("info --format")).toEqual([]);
    expect(own.docker.calls("version --format")).toEqual([]);
  });
});

describe("an engine that cannot be spoken to", () => {
  it.each([
    [
      "unknown host key",
      "stderr=Host key verification failed.",
      "ssh does not know the host's key",
    ],
    ["password", "root@h: Permission denied (publickey,password).", "ssh was not let in"],
    ["no such host", "ssh: Could not resolve hostname h", "ssh does not reach the host"],
  ])("fails the preview: %s", async (_, stderr, said) => {
    const script = {
      "version --format": { exitCode: 1, stderr: `error during connect: ${stderr}` },
    };
    const dockerHost = "ssh://root@h";
    const { reasons } = await check({ dockerHost }, { dockerHost }, { script });
    expect(reasons).toEqual([
      expect.stringMatching(/^DaemonUnreachable: .* on ssh:\/\/root@h failed/),
    ]);
    expect(reasons[0]).toContain(said);
  });

  it("fails it for a context that is not there", async () => {
    const stderr =
      'Failed to initialize: unable to resolve docker endpoint: context "prod": context not found: open meta.json: no such file or directory';
    const script = { "version --format": { exitCode: 1, stderr } };
    const { reasons } = await check(
      { dockerContext: "prod" },
      { dockerContext: "prod" },
      { script },
    );
    expect(reasons).toEqual([expect.stringContaining("docker has no such context")]);
  });

  it("is not even asked where the settings are wrong, all of which are told", async () => {
    const wrong = { dockerHost: "http://h", dockerContext: "x" };
    const { docker, reasons } = await check({}, wrong);
    expect(reasons).toEqual([
      expect.stringMatching(/^InvalidConfig: dockerHost: is given beside dockerContext/),
      expect.stringMatching(/^InvalidConfig: dockerHost: expected ssh:/),
      expect.stringMatching(/^InvalidConfig: dockerContext: /),
    ]);
    // The files are read all the same, since they may have faults of their own; at the same time.
    const verbs = docker.calls().map(({ verb }) => verb);
    expect(verbs.sort()).toEqual(["config", "version"]);
  });

  it("hides no fault of a setting that the files tell", async () => {
    const wrong = { dockerHost: "http://h", memoryLimits: { apii: "1g" } };
    const { reasons } = await check({}, wrong);
    expect(reasons).toEqual([
      expect.stringMatching(/^InvalidConfig: dockerHost: expected ssh:/),
      expect.stringMatching(/^InvalidConfig: memoryLimits\.apii: no such service/),
    ]);
  });
});
