import { describe, expect, it } from "vitest";
import { classifyFailure, namesCause } from "../../../src/docker/classify.ts";

/** What docker and compose really print, by the kind of failure it is. */
const MESSAGES: Record<string, string[]> = {
  DaemonUnreachable: [
    "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    "Cannot connect to the Docker daemon at tcp://127.0.0.1:1. Is the docker daemon running?",
    "failed to connect to the docker API at unix:///var/run/docker.sock; check if the path is correct and if the daemon is running: dial unix /var/run/docker.sock: connect: no such file or directory",
    "failed to connect to the docker API at tcp://127.0.0.1:1: dial tcp 127.0.0.1:1: connect: connection refused",
    'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.45/containers/json": dial unix /var/run/docker.sock: connect: permission denied',
    "permission denied while trying to connect to the docker API at unix:///var/run/docker.sock",
    'error during connect: Get "http://docker.example.com/v1.45/containers/json": command [ssh -l nobody -- 127.0.0.1 docker system dial-stdio] has exited with exit status 255, please make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=ssh: connect to host 127.0.0.1 port 22: Connection refused',
    'Failed to initialize: unable to resolve docker endpoint: context "nope": context not found: open /home/lago/.docker/contexts/meta/ca3704/meta.json: no such file or directory',
  ],
  ComposeTooOld: [
    "docker: 'compose' is not a docker command.\nSee 'docker --help'",
    "docker: unknown command: docker compose\n\nRun 'docker --help' for more information",
    "unknown flag: --ansi\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information",
    "unknown flag: --project-name\nSee 'docker --help'.",
    "unknown shorthand flag: 'f' in -f\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]",
  ],
  PortTaken: [
    " Container lago-dev-api-1  Starting\nError response from daemon: driver failed programming external connectivity on endpoint lago-dev-api-1 (58dffff): Bind for 0.0.0.0:3000 failed: port is already allocated",
    "Error response from daemon: driver failed programming external connectivity on endpoint lago-dev-api-1 (58dffff): failed to bind port 127.0.0.1:3000/tcp: Error starting userland proxy: listen tcp4 127.0.0.1:3000: bind: address already in use",
    "Error response from daemon: Ports are not available: exposing port TCP 0.0.0.0:80 -> 0.0.0.0:0: listen tcp 0.0.0.0:80: bind: address already in use",
    'Error response from daemon: Conflict. The container name "/lago-db" is already in use by container "7dc689a4914e". You have to remove (or rename) that container to be able to reuse that name.',
  ],
  ImageNotFound: [
    "Error response from daemon: No such image: getlago/api:v1.50.0",
    "Error response from daemon: manifest for getlago/api:v0.0.0 not found: manifest unknown: manifest unknown",
    "Error response from daemon: pull access denied for getlago/apj, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    'Error response from daemon: failed to resolve reference "docker.io/getlago/apj:v1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    'Error response from daemon: failed to resolve reference "docker.io/getlago/api:v0.0.0": docker.io/getlago/api:v0.0.0: not found',
    "no matching manifest for linux/arm64/v8 in the manifest list entries",
    'Error response from daemon: Head "https://ghcr.io/v2/getlago/api/manifests/v1": denied: denied',
    'Error response from daemon: Head "https://ghcr.io/v2/getlago/api/manifests/v1": unauthorized',
    "Error response from daemon: error from registry: denied\ndenied",
    'Error response from daemon: failed to resolve reference "ghcr.io/getlago/api:v1": unexpected status from HEAD request to https://ghcr.io/v2/getlago/api/manifests/v1: 403 Forbidden',
    "Error response from daemon: unauthorized: authentication required",
  ],
  RegistryRateLimit: [
    "Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
    " api Pulling \ntoomanyrequests: retry-after: 985.86µs, allowed: 44000/minute",
    'Error response from daemon: failed to resolve reference "docker.io/getlago/api:v1": failed to authorize: failed to fetch oauth token: unexpected status from POST request to https://auth.docker.io/token: 429 Too Many Requests',
    "failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/getlago/api/manifests/sha256:ab: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.",
  ],
  NetworkFailed: [
    ' api Pulling \n api Error Get "https://registry.example.com/v2/": dial tcp: lookup registry.example.com on 10.0.0.53:53: no such host\nError response from daemon: Get "https://registry.example.com/v2/": dial tcp: lookup registry.example.com on 10.0.0.53:53: no such host',
    'Error response from daemon: Head "https://registry-1.docker.io/v2/getlago/api/manifests/v1": net/http: TLS handshake timeout',
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": context deadline exceeded',
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp 3.228.155.36:443: connect: connection refused',
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 192.168.65.1:53: read udp 192.168.65.2:45941->192.168.65.1:53: i/o timeout',
    'Error response from daemon: Head "https://ghcr.io/v2/getlago/api/manifests/v1": received unexpected HTTP status: 503 Service Unavailable',
    "received unexpected HTTP status: 502 Bad Gateway",
    'Error response from daemon: failed to resolve reference "ghcr.io/getlago/api:v1": unexpected status from HEAD request to https://ghcr.io/v2/getlago/api/manifests/v1: 500 Internal Server Error',
    'Error response from daemon: failed to resolve reference "mcr.microsoft.com/x:1": failed to do request: Head "https://mcr.microsoft.com/v2/x/manifests/1": EOF',
    'Error response from daemon: failed to resolve reference "ghcr.io/x/y:1": failed to authorize: failed to fetch anonymous token: Get "https://ghcr.io/token?scope=x": dial tcp: lookup ghcr.io: no such host',
    "error pulling image configuration: download failed after attempts=6: dial tcp 104.18.124.25:443: connect: connection refused",
    "read tcp 10.0.0.2:50000->104.18.124.25:443: read: connection reset by peer",
    "unexpected EOF",
  ],
  DiskFull: [
    "failed to register layer: write /usr/lib/x86_64-linux-gnu/libgio-2.0.so: no space left on device",
    "write /var/lib/docker/tmp/GetImageBlob1: no space left on device",
    "Error response from daemon: failed to create task for container: mkdir /var/lib/containerd/x: no space left on device",
  ],
  ServiceNotFound: ["no such service: apj"],
  ComposeFileInvalid: [
    "yaml: did not find expected node content",
    "yaml: line 2: found character that cannot start any token",
    "Top-level object must be a mapping",
    "empty compose file",
    "validating /srv/lago/docker-compose.yml: services.api Additional property imagine is not allowed",
    "validating /srv/lago/docker-compose.yml: services.api.ports must be a list",
    'service "api" depends on undefined service "db": invalid compose project',
    'service "api" refers to undefined network n: invalid compose project',
    'service "api" has neither an image nor a build context specified: invalid compose project',
    "error while interpolating services.db.environment.POSTGRES_PASSWORD: required variable POSTGRES_PASSWORD is missing a value: set the password of the database",
    "invalid interpolation format for services.api.image.\nYou may need to escape any $ with another $.\n${X-",
    "no service selected",
    "Error response from daemon: conflicting options: port publishing and the container type network mode",
  ],
  NetworkNotFound: [
    "Error response from daemon: network proxy-net not found",
    "network proxy-net declared as external, but could not be found",
  ],
  VolumeNotFound: ['external volume "lago_data" not found'],
  SubnetTaken: [
    "failed to create network lago-dev_default: Error response from daemon: Pool overlaps with other one on this address space",
    "failed to create network lago-dev_default: Error response from daemon: all predefined address pools have been fully subnetted",
    "Error response from daemon: could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network",
  ],
  MountFailed: [
    'Error response from daemon: invalid mount config for type "bind": bind source path does not exist: /srv/certs',
    "Error response from daemon: error while mounting volume '/var/lib/docker/volumes/lago-dev_data/_data': failed to mount local volume: mount /srv/data:/var/lib/docker/volumes/lago-dev_data/_data, flags: 0x1000: no such file or directory",
    "Error response from daemon: error while mounting volume '/var/lib/docker/volumes/lago-dev_data/_data': failed to mount local volume: mount :/exports:/var/lib/docker/volumes/lago-dev_data/_data, data: addr=10.0.0.9: connection refused",
    'Error response from daemon: failed to create task for container: OCI runtime create failed: error mounting "/srv/nginx.conf" to rootfs at "/etc/nginx/nginx.conf": not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type',
  ],
  PluginNotFound: [
    'Error response from daemon: error looking up logging plugin loki: plugin "loki" not found',
    'Error response from daemon: create lago-dev_data: error looking up volume plugin rexray/ebs: plugin "rexray/ebs" not found',
    'failed to create network lago-dev_default: Error response from daemon: plugin "weave" not found',
    "Error response from daemon: unknown or invalid runtime name: sysbox-runc",
  ],
  CommandFailed: [
    ' Container lago-dev-migrate-1  Waiting\nservice "migrate" didn\'t complete successfully: exit 3',
    "dependency failed to start: container lago-dev-db-1 is unhealthy",
    'Error response from daemon: failed to create task for container: exec: "/x.sh": permission denied: unknown',
    "Error response from daemon: failed to create task for container: failed to initialize logging driver: dial tcp 10.0.0.5:24224: connect: connection refused",
    'Error response from daemon: Get "https://registry.example.com/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    "",
  ],
};

describe.each(Object.entries(MESSAGES))("%s", (kind, messages) => {
  it.each(messages)("is what docker means by: %s", (message) => {
    expect(classifyFailure(message).kind).toBe(kind);
  });
});

it("takes the first cause for the cause when a message names several", () => {
  const message = "Cannot connect to the Docker daemon\nyaml: line 2\nno such service: x";
  expect(classifyFailure(message).kind).toBe("DaemonUnreachable");
});

describe("of several causes", () => {
  const missing = "manifest for getlago/api:v0 not found: manifest unknown";
  const limited = "toomanyrequests: You have reached your pull rate limit";
  const flaky = "net/http: TLS handshake timeout";
  const full = "write /var/lib/docker/tmp/x: no space left on device";

  it.each([
    ["DiskFull", [flaky, full, missing]],
    ["ImageNotFound", [flaky, limited, missing]],
    ["RegistryRateLimit", [flaky, limited]],
  ])("%s is the one that another try does not mend", (kind, messages) => {
    expect(classifyFailure(messages.join("\n")).kind).toBe(kind);
  });
});

describe("the image at fault", () => {
  it.each([
    ["manifest for getlago/api:v0.0.0 not found: manifest unknown", "getlago/api:v0.0.0"],
    ["Error: No such image: getlago/api:v1.50.0", "getlago/api:v1.50.0"],
    ["pull access denied for getlago/apj, repository does not exist", "getlago/apj"],
    [
      'failed to resolve reference "docker.io/getlago/api:v0": docker.io/getlago/api:v0: not found',
      "getlago/api:v0",
    ],
    [
      'failed to resolve reference "docker.io/library/redis:0": docker.io/library/redis:0: not found',
      "redis:0",
    ],
    [
      'Head "https://ghcr.io/v2/getlago/api/manifests/v1.50.0": denied: denied',
      "ghcr.io/getlago/api:v1.50.0",
    ],
    [
      "unexpected status from HEAD request to https://registry-1.docker.io/v2/getlago/api/manifests/sha256:ab12: 503 Service Unavailable",
      "getlago/api@sha256:ab12",
    ],
    [" Image getlago/front:v2 Error manifest unknown\nmanifest unknown", "getlago/front:v2"],
  ])("is found in: %s", (message, image) => {
    const { image: found, advice } = classifyFailure(message);
    expect(found).toBe(image);
    expect(advice).toContain(`docker pull ${image}`);
  });

  it("is left open where docker does not name it", () => {
    const found = classifyFailure("manifest unknown");
    expect(found).not.toHaveProperty("image");
    expect(found.advice).toContain("docker pull IMAGE");
  });
});

describe("the service at fault", () => {
  it.each([
    [" db Interrupted \n api Error manifest unknown\nmanifest unknown", "api"],
    [" ✘ api-events-worker Error \nunexpected EOF", "api-events-worker"],
    [" Container lago-db-1  Error\n Image getlago/api:v1 Error \nunexpected EOF", undefined],
    ["failed to do request: Get https://x/: unexpected EOF", undefined],
  ])("is found in: %s", (message, service) => {
    expect(classifyFailure(message).service).toBe(service);
  });
});

it("prints no limit and prunes nothing in its advice", () => {
  expect(classifyFailure("toomanyrequests").advice).toMatch(/^[^\d]*docker login[^\d]*$/);
  expect(classifyFailure("no space left on device").advice).not.toContain("prune");
});

describe("the advice", () => {
  it("on words that are not known is to correct what they name", () => {
    const { advice } = classifyFailure("Error response from daemon: odd");
    expect(advice).toContain("its own message follows");
    expect(advice).toContain("run the same command again");
  });

  it.each([
    "failed to create network lago-dev_default: Error response from daemon: all predefined address pools have been fully subnetted",
    "failed to create network lago-dev_default: Error response from daemon: could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network",
  ])("where no network can be made shows those that are there: %s", (message) => {
    const { kind, advice } = classifyFailure(message);
    expect(kind).toBe("SubnetTaken");
    expect(advice).toContain("`docker network ls`");
    expect(advice).toContain("run the same command again");
    expect(advice).not.toContain("prune");
  });

  it.each([
    [
      "Error response from daemon: network proxy-net not found",
      "`docker network create proxy-net`",
    ],
    ['external volume "lago_data" not found', "`docker volume create lago_data`"],
  ])("names what is missing in a command that runs: %s", (message, command) => {
    expect(classifyFailure(message).advice).toContain(command);
  });
});

it.each([
  ["", false],
  [
    ' Container x-migrate-1  Waiting\nservice "migrate" didn\'t complete successfully: exit 3',
    false,
  ],
  ["dependency failed to start: container lago-dev-db-1 is unhealthy", false],
  ["Error response from daemon: iptables: No chain/target/match by that name.", true],
  ["container lago-dev-db-1 has no healthcheck configured", true],
])("knows whether words name a cause: %j", (stderr, expected) => {
  expect(namesCause(stderr)).toBe(expected);
});
