/** Pulls that fail: what is tried again, what is not, and what is left untouched. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { deploy } from "../../../src/deployment/deploy.ts";
import { pause } from "../../../src/process/async.ts";
import type { Progress } from "../../../src/progress.ts";
import { failureOf, HEALTHY, scenario, useScenarios, verbs } from "./scenarios.ts";

vi.mock("../../../src/process/async.ts", async (original) => ({
  ...(await original<typeof import("../../../src/process/async.ts")>()),
  pause: vi.fn(async () => {}),
}));

const { pause: realPause } = await vi.importActual<typeof import("../../../src/process/async.ts")>(
  "../../../src/process/async.ts",
);

/** Between two pulls. Between two looks at the containers, a start waits for less. */
const SHORTEST_PULL_WAIT_MS = 1_000;

/** The waits between pulls so far, in milliseconds. */
function pullWaits(): number[] {
  const waits = vi.mocked(pause).mock.calls.map(([ms]) => ms);
  return waits.filter((ms) => ms >= SHORTEST_PULL_WAIT_MS);
}

useScenarios();

beforeEach(() => {
  vi.mocked(pause)
    .mockReset()
    .mockImplementation(async (ms, signal) => {
      if (ms < SHORTEST_PULL_WAIT_MS) {
        await realPause(ms, signal);
      }
    });
});

const failing = (stderr: string) => ({ exitCode: 18, stderr });
const NETWORK = failing(
  'Error response from daemon: Head "https://registry-1.docker.io/v2/getlago/api/manifests/v1.50.0": net/http: TLS handshake timeout\n',
);
const LIMITED = failing(
  "Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit.\n",
);
const FULL = failing("failed to register layer: write /x.so: no space left on device\n");
const MISSING = failing("Error response from daemon: manifest for getlago/api:v0 not found\n");
const DOWN = failing("Cannot connect to the Docker daemon at unix:///x. Is it running?\n");

/** The steps that a deployment told, and the listener for them. */
function listener() {
  const steps: string[] = [];
  return { steps, onProgress: ({ message }: Progress) => steps.push(message) };
}

describe("a pull that fails twice for the network", () => {
  it("succeeds at the third try, and each is told", async () => {
    const { steps, onProgress } = listener();
    const script = { ...HEALTHY, pull: [NETWORK, NETWORK, {}] };
    const { docker, deployment } = scenario(script, { onProgress });
    expect((await deploy(deployment)).running).toBe(true);
    expect(docker.calls("pull")).toHaveLength(3);
    expect(docker.calls("up")).toHaveLength(1);
    const retries = steps.filter((step) => step.includes("attempt"));
    expect(retries).toEqual([
      expect.stringMatching(/pull failed \(NetworkFailed\); attempt 2 of 3 in \d+ s$/),
      expect.stringMatching(/pull failed \(NetworkFailed\); attempt 3 of 3 in \d+ s$/),
    ]);
    const [first = 0, second = 0] = pullWaits();
    expect(first).toBeGreaterThanOrEqual(2_000);
    expect(first).toBeLessThanOrEqual(6_000);
    expect(second).toBeGreaterThanOrEqual(4_000);
    expect(second).toBeLessThanOrEqual(12_000);
  });
});

describe("a pull that fails to the end", () => {
  it.each([
    ["NetworkFailed", NETWORK, 3, "docker pull getlago/api:v1.50.0"],
    ["RegistryRateLimit", LIMITED, 3, "docker login"],
    ["DiskFull", FULL, 1, "docker system df"],
    ["ImageNotFound", MISSING, 1, "docker pull getlago/api:v0"],
    ["DaemonUnreachable", DOWN, 1, "systemctl start docker"],
  ])("is %s, and nothing that runs is touched", async (kind, pull, tries, next) => {
    const { error, docker } = await failureOf({ ...HEALTHY, pull });
    expect(error).toMatchObject({ kind, exitCode: 18 });
    expect(error.message).toContain(next);
    expect(error.message).toContain(pull.stderr.trim());
    expect(error.message.includes("(attempt 3 of 3)")).toBe(tries === 3);
    expect(docker.calls("pull")).toHaveLength(tries);
    const touching = ["up", "down", "restart"];
    expect(verbs(docker).filter((verb) => touching.includes(verb))).toEqual([]);
  });

  it("names the image", async () => {
    const { error } = await failureOf({ ...HEALTHY, pull: MISSING });
    expect(error.image).toBe("getlago/api:v0");
  });

  it("is not tried again when its time would be over", async () => {
    const { error, docker } = await failureOf({ ...HEALTHY, pull: NETWORK }, { timeoutMs: 1_900 });
    expect(error.kind).toBe("NetworkFailed");
    expect(docker.calls("pull")).toHaveLength(1);
    expect(pullWaits()).toEqual([]);
  });

  it("stops at the first lasting cause", async () => {
    const { error, docker } = await failureOf({ ...HEALTHY, pull: [NETWORK, FULL] });
    expect(error.kind).toBe("DiskFull");
    expect(docker.calls("pull")).toHaveLength(2);
  });
});

it("is canceled while it waits for the next try", async () => {
  const canceler = new AbortController();
  vi.mocked(pause).mockImplementation(async (_, signal) => {
    expect(signal).toBe(canceler.signal);
    canceler.abort();
  });
  const script = { ...HEALTHY, pull: NETWORK };
  const { error, docker } = await failureOf(script, { signal: canceler.signal });
  expect(error.kind).toBe("Canceled");
  expect(docker.calls("pull")).toHaveLength(1);
});

describe("the start after a pull", () => {
  it.each([
    ["always", "missing"],
    ["missing", "missing"],
    ["never", "never"],
  ] as const)("with policy %s asks the registry for nothing more: %s", async (policy, asked) => {
    const { docker, deployment } = scenario(HEALTHY, { pullPolicy: policy });
    await deploy(deployment);
    expect(docker.call("up").args.join(" ")).toContain(`--pull ${asked}`);
  });

  it("is not tried again, whatever fails it", async () => {
    const { docker } = await failureOf({ ...HEALTHY, ps: [{}], up: NETWORK });
    expect(docker.calls("up")).toHaveLength(1);
    expect(pullWaits()).toEqual([]);
  });
});
