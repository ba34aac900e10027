/** The example that puts TLS in front of Lago: a real Caddy, with certificates that are checked. */
import { randomBytes } from "node:crypto";
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns, STAND_IN_IMAGES } from "../../../sandbox/images/build.ts";
import { PROJECT_LABEL, SERVICE_LABEL } from "../../../src/docker/labels.ts";
import { stackConfigText } from "../../../testing/checkout.ts";
import {
  containerId,
  containersOf,
  docker,
  removeProject,
  requireDocker,
  TEST_PREFIX,
  volumesOf,
} from "../../../testing/docker.ts";
import { ROOT } from "../../../testing/folders.ts";
import { ask, firstMessage } from "../../../testing/https.ts";
import { startLoad } from "../../../testing/load.ts";
import { freePort } from "../../../testing/ports.ts";
import { createPulumiWorkspace, type PulumiWorkspace } from "../../../testing/pulumi.ts";
import { createTestStack, must, type TestStack, wordsOf } from "../../../testing/stack.ts";
import { eventually } from "../../../testing/standing.ts";
import { blocksRunBy, inPlaceOf, runBlock } from "../support/documented/blocks.ts";

const EXAMPLE = join(ROOT, "examples/reverse-proxy");
const ROOT_CERTIFICATE = "/data/caddy/pki/authorities/local/root.crt";
const BUNDLED_FILE = join(ROOT, "src/bundled/docker-compose.yml");
const UP_TIMEOUT_MS = 180_000;

/** Variables of the stand-ins that make the api boot slowly. */
const allowUnsafe = ["LAGO_SANDBOX_ONLY", "LAGO_SANDBOX_BOOT_SECONDS"].map(
  (name) => `unknown-variable:${name}`,
);

const project = `${TEST_PREFIX}proxy-${randomBytes(4).toString("hex")}`;

let lago: TestStack;
let proxy: PulumiWorkspace;
let apiUrl: string;
let frontUrl: string;
let httpPort: number;
let httpsPort: number;
let ca: string;

beforeAll(async () => {
  await requireDocker();
  await ensureStandIns({ images: [...STAND_IN_IMAGES, "caddy:2"], report: () => {} });
  [httpPort, httpsPort] = [await freePort(), await freePort()];
  apiUrl = `https://api.zbl-test.internal:${httpsPort}`;
  frontUrl = `https://billing.zbl-test.internal:${httpsPort}`;
  lago = await createTestStack({ apiUrl, frontUrl, behindProxy: true, ports: {}, allowUnsafe });
  await lago.mustUp();
  proxy = await createPulumiWorkspace({
    program: EXAMPLE,
    pulumiHome: process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"),
    env: { PULUMI_BACKEND_URL: lago.workspace.env.PULUMI_BACKEND_URL ?? "" },
  });
  const values = {
    lagoStack: `organization/z-billing-lago/${lago.stack}`,
    internalCertificates: true,
    httpPort,
    projectName: project,
  };
  const text = stackConfigText("lago-proxy", values);
  await appendFile(join(proxy.programFolder, `Pulumi.${proxy.stack}.yaml`), text);
});

afterAll(async () => {
  await removeProject(project);
  await proxy?.dispose();
  await lago?.dispose();
});

const pulumi = (...args: string[]) => proxy.pulumi(args, { timeoutMs: UP_TIMEOUT_MS });
const up = () => pulumi("up", "--yes", "--skip-preview");
const rootNow = async () =>
  `${await docker("exec", await proxyContainer(), "cat", ROOT_CERTIFICATE)}\n`;
const inLago = async () => [...(await containersOf(lago.project)).values()].map(({ Id }) => Id);
const proxyContainer = () => containerId(project, "caddy");
const arrival = async (headers: Record<string, string> = {}) =>
  JSON.parse((await ask(`${apiUrl}/stand-in/arrival`, { ca, headers })).body);
const idOf = async (service: string) => (await containersOf(lago.project)).get(service)?.Id;

/** Counts the lost requests of each kind while something happens to Lago. */
async function lostDuring(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const targets = [
    { name: "GET of the api", url: `${apiUrl}/health` },
    { name: "POST to the api", url: `${apiUrl}/api/v1/events`, method: "POST", body: "{}" },
    { name: "GET of the front", url: frontUrl },
  ];
  const load = startLoad(targets, ca);
  const done = await Promise.allSettled([work()]);
  const counts = Object.entries(await load.stop());
  await Promise.all(
    done.map((one) => (one.status === "rejected" ? Promise.reject(one.reason) : 0)),
  );
  return Object.fromEntries(counts.map(([name, count]) => [name, count.lost]));
}

const NONE = { "GET of the api": 0, "POST to the api": 0, "GET of the front": 0 };

describe("a proxy whose port is taken", () => {
  it("is not there, and says why", async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(httpsPort, "127.0.0.1", resolve));
    const refused = await up();
    await new Promise((resolve) => holder.close(resolve));
    expect(refused.exitCode).not.toBe(0);
    expect(`${refused.stdout}${refused.stderr}`).toMatch(/address already in use/);
    expect(await containersOf(project)).toEqual(new Map());
  });
});

describe("the proxy in front of Lago", () => {
  it("starts as its README says, and has nothing to change right after", async () => {
    const [block = ""] = blocksRunBy(
      "test/e2e/long/reverse-proxy.test.ts",
      "examples/reverse-proxy/README.md",
    );
    const commands = inPlaceOf(block, {
      "organization/z-billing-lago/dev": `organization/z-billing-lago/${lago.stack}`,
      8081: String(httpPort),
      "lago-proxy-dev": project,
    });
    must(await runBlock(commands, proxy.programFolder, proxy.env));
    must(await pulumi("preview", "--expect-no-changes"));
    ca = await readFile(join(proxy.programFolder, "root.crt"), "utf8");
    // Healthy says that it serves; the certificates are made while it does.
    await eventually(
      () => ask(frontUrl, { ca }).then(({ status }) => status, String),
      (status) => status === 200,
    );
  });

  it("shows the front and the api by their names, with certificates of its own authority", async () => {
    const front = await ask(frontUrl, { ca });
    expect(front).toMatchObject({ status: 200, headers: { "x-stand-in": "true" } });
    expect(front.certificate?.subjectaltname).toBe("DNS:billing.zbl-test.internal");
    const settings = await ask(`${frontUrl}/env-config.js`, { ca });
    expect(settings.body).toContain(`window.API_URL = "${apiUrl}"`);
    const api = await ask(`${apiUrl}/health`, { ca });
    expect(JSON.parse(api.body)).toMatchObject({ message: "Success", version: "v1.50.0" });
    expect(api.certificate?.subjectaltname).toBe("DNS:api.zbl-test.internal");
  });

  it("is trusted by nobody who does not know its authority", async () => {
    await expect(ask(frontUrl)).rejects.toThrow(/certificate/);
  });

  it("sends who comes without TLS to where there is", async () => {
    for (const url of [frontUrl, apiUrl]) {
      const { hostname } = new URL(url);
      const { status, headers } = await ask(`http://${hostname}:${httpPort}/plans?page=2`);
      expect({ status, to: headers.location }).toEqual({ status: 308, to: `${url}/plans?page=2` });
    }
  });

  it("tells the api by which name and protocol a request came, whatever the client claims", async () => {
    const real = {
      stand_in: true,
      Host: new URL(apiUrl).host,
      // The engine hands on what comes from its own host.
      "X-Forwarded-For": expect.stringMatching(/^\d+\.\d+\.\d+\.1$/),
      "X-Forwarded-Host": new URL(apiUrl).host,
      "X-Forwarded-Proto": "https",
    };
    expect(await arrival()).toEqual(real);
    const claims = { "X-Forwarded-For": "192.0.2.2", "X-Forwarded-Proto": "http" };
    expect(await arrival(claims)).toEqual(real);
  });

  it("lets the WebSocket of the api through", async () => {
    const url = `${apiUrl}/cable`;
    expect(JSON.parse(await firstMessage(url, { ca }))).toEqual({
      type: "welcome",
      stand_in: true,
    });
  });

  it("lets large requests through", async () => {
    const body = Buffer.alloc(12 * 1024 * 1024, "x");
    const { status, headers } = await ask(`${apiUrl}/graphql`, { ca, method: "POST", body });
    // The stand-in has no such page, and says so after it has read all of it.
    expect({ status, from: headers["x-stand-in"] }).toEqual({ status: 404, from: "true" });
  });

  it.each(["/metrics", "//metrics", "/%6detrics", "/METRICS", "/sidekiq/queues", "/karafka"])(
    "keeps %s, which asks nobody who he is, from the world",
    async (path) => {
      const { status, headers } = await ask(`${apiUrl}${path}`, { ca });
      expect(status).toBe(404);
      expect(headers).not.toHaveProperty("x-stand-in");
    },
  );

  it("has its files by value, so that its engine may be on another machine", async () => {
    const caddy = (await containersOf(project)).get("caddy");
    expect(caddy?.Mounts.map(({ Name }) => Name)).toEqual([`${project}_certificates`]);
  });

  it("is the only one that is reached from elsewhere", async () => {
    const containers = await containersOf(lago.project);
    const published = [...containers.values()].flatMap(({ HostConfig }) =>
      Object.values(HostConfig.PortBindings ?? {}).flat(),
    );
    expect(published).toEqual([]);
  });

  it("does not reach the database", async () => {
    const [own, others] = [await proxyContainer(), await containerId(lago.project, "db")];
    const networks = async (id: string) =>
      Object.keys(
        JSON.parse(
          await docker("inspect", "--format", "{{json .NetworkSettings.Networks}}", id),
        ) as Record<string, unknown>,
      );
    expect(await networks(own)).toEqual([`${lago.project}_proxy`]);
    expect(await networks(others)).not.toContain(`${lago.project}_proxy`);
  });

  it("loses no request when a setting of api and front changes", async () => {
    const before = [await idOf("api"), await idOf("front")];
    await lago.set("environment.LAGO_DISABLE_PDF_GENERATION", "true");
    const preview = must(await lago.preview());
    expect(wordsOf(preview)).toContain("the new container starts first: api, front");
    expect(await lostDuring(() => lago.mustUp())).toEqual(NONE);
    const after = [await idOf("api"), await idOf("front")];
    expect(after.filter((id) => before.includes(id))).toEqual([]);
    must(await lago.preview("--expect-no-changes"));
  });

  it("loses no request when a release with the same schema comes", async () => {
    const [api, front] = [`${project}/getlago/api:v1.50.0`, `${project}/getlago/front:v1.50.0`];
    await docker("image", "tag", "getlago/api:v1.50.0", api);
    await docker("image", "tag", "getlago/front:v1.50.0", front);
    try {
      const before = [await idOf("api"), await idOf("front")];
      const folder = join(lago.checkout, "release");
      await mkdir(folder);
      const text = await readFile(BUNDLED_FILE, "utf8");
      const released = text.replaceAll(/image: (getlago\/(?:api|front):)/g, `image: ${project}/$1`);
      await writeFile(join(folder, "docker-compose.yml"), released);
      await lago.set("lagoPath", "release");
      expect(await lostDuring(() => lago.mustUp())).toEqual(NONE);
      const after = [await idOf("api"), await idOf("front")];
      expect(after.filter((id) => before.includes(id))).toEqual([]);
    } finally {
      must(await lago.pulumi(["config", "rm", "lagoPath"]));
      await lago.mustUp();
      await docker("image", "rm", api, front);
    }
  });

  it("has one container of each service again after a replacement that was killed", async () => {
    await lago.set("environment.LAGO_SANDBOX_BOOT_SECONDS", "30");
    await lago.set("environment.LAGO_SANDBOX_ONLY", "api");
    const stopping = new AbortController();
    const ups = lago.pulumi(["up", "--yes", "--skip-preview"], { signal: stopping.signal });
    const filters = [`${PROJECT_LABEL}=${lago.project}`, `${SERVICE_LABEL}=api`];
    const apis = async () => {
      const labels = filters.flatMap((label) => ["--filter", `label=${label}`]);
      return (await docker("ps", "--all", "--quiet", ...labels)).split("\n");
    };
    const counted = await lostDuring(async () => {
      const isBeside = eventually(apis, (all) => all.length === 2, 120_000);
      await Promise.race([isBeside, ups.then((ended) => expect(must(ended)).toBe("killed"))]);
      stopping.abort();
      await ups.catch(() => undefined);
    });
    expect(counted).toEqual(NONE);
    await lago.set("environment.LAGO_SANDBOX_BOOT_SECONDS", "0");
    must(await lago.pulumi(["cancel", "--yes"]));
    expect(await lostDuring(() => lago.mustUp())).toEqual(NONE);
    expect(await apis()).toHaveLength(1);
    must(await lago.preview("--expect-no-changes"));
  });

  it("is destroyed without Lago, and keeps its certificates for the next time", async () => {
    const before = await inLago();
    must(await pulumi("destroy", "--yes", "--skip-preview"));
    expect(await containersOf(project)).toEqual(new Map());
    expect(await inLago()).toEqual(before);
    expect(await volumesOf(project)).toEqual([`${project}_certificates`]);

    must(await up());
    expect(await rootNow()).toBe(ca);
  });

  it("comes back in the way that its README says, after somebody removed it", async () => {
    await docker("rm", "--force", "--volumes", await proxyContainer());
    const words = /`pulumi (?<args>up --replace) '(?<urn>[^']+)'`/.exec(
      await readFile(join(EXAMPLE, "README.md"), "utf8"),
    );
    const { args = "", urn = "" } = words?.groups ?? {};
    must(await pulumi(...args.split(" "), urn, "--yes", "--skip-preview"));
    expect(await rootNow()).toBe(ca);
    must(await pulumi("destroy", "--yes", "--skip-preview"));
  });
});
