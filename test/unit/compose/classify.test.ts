import { describe, expect, it } from "vitest";
import { classifyFailure } from "../../../src/compose/classify.ts";

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
    ' api Pulling \n api Error Get "https://registry.example.com/v2/": dial tcp: lookup registry.example.com on 10.0.0.53:53: no such host\nError response from daemon: Get "https://registry.example.com/v2/": dial tcp: lookup registry.example.com on 10.0.0.53:53: no such host',
    "Error response from daemon: No such image: getlago/api:v1.50.0",
    "Error response from daemon: manifest for getlago/api:v0.0.0 not found: manifest unknown: manifest unknown",
    "Error response from daemon: pull access denied for getlago/apj, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    'Error response from daemon: failed to resolve reference "docker.io/getlago/api:v0.0.0": docker.io/getlago/api:v0.0.0: not found',
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
  ],
  CommandFailed: [
    ' Container lago-dev-migrate-1  Waiting\nservice "migrate" didn\'t complete successfully: exit 3',
    "dependency failed to start: container lago-dev-db-1 is unhealthy",
    "Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit.",
    "write /var/lib/docker/tmp/GetImageBlob1: no space left on device",
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
