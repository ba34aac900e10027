import { describe, expect, it } from "vitest";
import { hasDisplay, openCommand } from "../../../../src/cli/commands/open.ts";
import { frontUrl } from "../../../../src/ports/front-url.ts";
import { containerLine, psLine, type Script } from "../../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { testContext } from "../../../support/command-context.ts";

const published = (address: string, hostPort: number) => [
  { address, hostPort, containerPort: 80, protocol: "tcp" },
];

describe("the front's URL", () => {
  it.each<[string, string | undefined, ReturnType<typeof published>, string | undefined]>([
    [
      "as Lago was told",
      "https://billing.example.com",
      published("127.0.0.1", 8080),
      "https://billing.example.com",
    ],
    [
      "at the port, where it was told the default",
      "http://localhost:80",
      published("127.0.0.1", 8080),
      "http://localhost:8080",
    ],
    [
      "at the port, where it was told nothing",
      undefined,
      published("0.0.0.0", 80),
      "http://localhost:80",
    ],
    [
      "at the address that it is published on",
      "",
      published("192.0.2.7", 8080),
      "http://192.0.2.7:8080",
    ],
    [
      "with brackets where that needs them",
      undefined,
      published("2001:db8::7", 8080),
      "http://[2001:db8::7]:8080",
    ],
    ["the default, where nothing is published", "http://localhost:80", [], "http://localhost:80"],
    ["unknown where nothing tells", undefined, [], undefined],
  ])("is %s", (_, told, ports, expected) => {
    expect(frontUrl(told, ports)).toBe(expected);
  });
});

describe("a display", () => {
  it.each([
    ["X11", { DISPLAY: ":0" }, true],
    ["Wayland", { WAYLAND_DISPLAY: "wayland-0" }, true],
    ["Windows around a Linux", { WSL_DISTRO_NAME: "Debian" }, true],
    ["none", {}, false],
  ])("on Linux: %s", (_, environment, expected) => {
    expect(hasDisplay(environment, "linux")).toBe(expected);
  });

  it("is there on other systems", () => {
    expect(hasDisplay({}, "darwin")).toBe(true);
  });
});

const URL = "https://billing.example.com";

function running(url = URL, service = "front"): Script {
  const front = { URL: "127.0.0.1", TargetPort: 80, PublishedPort: 8080, Protocol: "tcp" };
  const listed = JSON.parse(containerLine("front-id"));
  const labels = {
    "com.docker.compose.service": service,
    "com.docker.compose.project": "lago-test",
  };
  const labelText = Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
  return {
    ps: { stdout: psLine(service, { Publishers: [front] }) },
    "container ls": { stdout: `${JSON.stringify({ ...listed, Labels: labelText })}\n` },
    "container inspect": {
      stdout: `${JSON.stringify({ labels, image: "getlago/front:v1.50.0", env: [`LAGO_FRONT_URL=${url}`] })}\n`,
    },
  };
}

/** Opens with these variables and options, and tells what was opened. */
async function opened(
  script: Script,
  environment: Record<string, string>,
  options: { print?: boolean; json?: boolean } = {},
  fails = false,
) {
  useFakeDocker(script);
  const urls: string[] = [];
  const { context, written } = testContext({ environment });
  await openCommand(context, undefined, { project: "lago-test", ...options }, async (url) => {
    urls.push(url);
    if (fails) {
      throw new Error("no browser");
    }
  });
  return { urls, results: written.results };
}

describe("open", () => {
  const desktop = { DISPLAY: ":0" };

  it("opens the URL and prints it", async () => {
    expect(await opened(running(), desktop)).toEqual({ urls: [URL], results: [URL] });
  });

  it("finds the front whatever its service is called", async () => {
    const { results } = await opened(running(URL, "web"), desktop);
    expect(results).toEqual([URL]);
  });

  it.each([
    ["where there is no display", {}, {}],
    ["where that is all that is wanted", desktop, { print: true }],
  ])("only prints it %s", async (_, environment, options) => {
    const variables = environment as Record<string, string>;
    expect(await opened(running(), variables, options)).toEqual({ urls: [], results: [URL] });
  });

  it("prints it all the same when no browser can be opened", async () => {
    const { results } = await opened(running(), desktop, { json: true }, true);
    expect(JSON.parse(results[0] ?? "")).toEqual({ project: "lago-test", url: URL, opened: false });
  });

  it.each(["file:///etc/passwd", "javascript:alert(1)", "--help", "http://x y"])(
    "hands nothing but an address of the web to the desktop: %s",
    async (url) => {
      await expect(opened(running(url), desktop)).rejects.toMatchObject({ kind: "InvalidConfig" });
    },
  );

  it("says so when the front does not run", async () => {
    const script = { ps: { stdout: psLine("front", { State: "exited", ExitCode: 1 }) } };
    await expect(opened(script, desktop)).rejects.toMatchObject({ kind: "NotReady" });
  });
});
