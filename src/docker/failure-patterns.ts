import { zbl } from "../text/zbl.ts";
import { CONNECTION_PATTERNS, type FailurePattern } from "./connection-patterns.ts";

/**
 * Failure messages of docker and compose, most specific first. Seen with 26.1 and 28.2, and with 26
 * to 29 in reports of users. Where several causes match, the lasting one comes first: an image that
 * does not exist is not found on a second try either.
 */
export const FAILURE_PATTERNS: readonly FailurePattern[] = [
  ...CONNECTION_PATTERNS,
  {
    kind: "DaemonUnreachable",
    pattern:
      /cannot connect to the docker daemon|failed to connect to the docker api|error during connect|permission denied while trying to connect|is the docker daemon running|unable to resolve docker endpoint|context not found|context "[^"\n]*" (is )?not found/i,
    advice:
      "the Docker engine does not answer. Start it (`systemctl start docker`), check that you may use it (`docker info`), and check DOCKER_HOST and DOCKER_CONTEXT.",
  },
  {
    kind: "ComposeTooOld",
    pattern:
      /'compose' is not a docker command|unknown command: docker compose|unknown flag: --(ansi|project-name)|unknown shorthand flag: 'f' in -f/i,
    advice:
      "docker has no compose plugin. Install it (Debian: docker-compose, Ubuntu: docker-compose-v2).",
  },
  {
    kind: "DiskFull",
    pattern: /no space left on device|disk quota exceeded/i,
    advice:
      "the disk of the Docker engine is full. `docker system df` shows what fills it; make room (nothing is removed for you: a volume holds data), then run the same command again.",
  },
  {
    kind: "PortTaken",
    pattern: /port is already allocated|address already in use|ports are not available/i,
    advice: "a port is held by something else. Choose another one with `ports`, or free it.",
  },
  {
    kind: "PortTaken",
    pattern: /container name .* is already in use/i,
    advice: "a container name is held by something else. Remove that container, or rename it.",
  },
  {
    kind: "ImageNotFound",
    pattern:
      /manifest unknown|manifest for .* not found|no such image|not found: manifest|no matching manifest|failed to resolve reference .*: not found|unexpected status .*: 404 |name unknown|name not known to registry|pull access denied|repository does not exist/i,
    advice:
      "an image is neither on the host nor in its registry. Check its name and tag (`docker pull IMAGE`), and `docker login` where the registry is a private one.",
  },
  {
    kind: "ImageNotFound",
    pattern:
      /insufficient_scope|denied: (denied|requested access)|(\/manifests\/[^"\n]*"|from registry): (denied|unauthorized)|unauthorized: |no basic auth credentials|unexpected status .*: (401|403) /i,
    advice:
      "the registry does not hand out an image. `docker login` to it, and check the image's name (`docker pull IMAGE`).",
  },
  {
    kind: "RegistryRateLimit",
    pattern: /toomanyrequests|too many requests|pull rate limit|status:? (code:? )?429\b/i,
    advice:
      "the image registry takes no more pulls from this host for now. `docker login` raises the limit; or wait, and run the same command again.",
  },
  {
    kind: "PluginNotFound",
    pattern: /plugin "?[\w.:/-]+"? not found|unknown or invalid runtime name/i,
    advice:
      "the Docker engine lacks a driver or a runtime that the compose files name. Install the plugin on the engine's host (`docker plugin ls` lists those that are there), or correct `driver`, `logging` or `runtime` in the files, then run the same command again.",
  },
  {
    kind: "NetworkNotFound",
    pattern:
      /network "?(?<name>[\w.-]+)"? (not found|declared as external, but could not be found)/i,
    advice:
      "the network NAME of the compose files is not there. Make an external network before a start (`docker network create NAME`), or remove `external` from it, then run the same command again.",
  },
  {
    kind: "VolumeNotFound",
    pattern:
      /volume "?(?<name>[\w.-]+)"? (not found|declared as external, but could not be found)/i,
    advice:
      "the external volume NAME of the compose files is not there. Correct its name, make an empty one (`docker volume create NAME`), or remove `external` from it, then run the same command again.",
  },
  {
    kind: "MountFailed",
    pattern:
      /bind source path does not exist|error while mounting volume|failed to mount local volume|error mounting "|mount a directory onto a file/i,
    advice:
      "a service mounts a path that is not on the engine's host, or a folder in place of a file. Put there what is to be mounted, or correct `volumes`, `configs` or `secrets` in the compose files, then run the same command again.",
  },
  {
    kind: "SubnetTaken",
    pattern: /pool overlaps with other one on this address space|networks have overlapping IPv4/i,
    advice:
      "the subnet that the compose files give a network overlaps with another network of the engine. Choose another `subnet` in the files, or remove `ipam`, then run the same command again.",
  },
  {
    kind: "SubnetTaken",
    pattern: /address pools have been fully subnetted|non-overlapping IPv4 address pool/i,
    advice:
      "the Docker engine has no range of addresses left for another network. `docker network ls` lists the networks; remove each that a project which is gone has left (`docker network rm NAME`), then run the same command again.",
  },
  {
    kind: "CommandFailed",
    pattern: /x509: |certificate signed by unknown authority|gave HTTP response to HTTPS client/i,
    advice:
      "the Docker engine does not trust what answers as the image registry. Check a proxy on the way, the host's clock and certificates, and `docker pull IMAGE`.",
  },
  {
    kind: "ServiceNotFound",
    pattern: /no such service/i,
    advice: `the deployment has no such service. \`${zbl("status")}\` lists them.`,
  },
  {
    kind: "ComposeFileInvalid",
    pattern:
      /yaml: |required variable .* is missing|invalid interpolation|additional propert|must be a (mapping|string|list)|validating |undefined (service|volume|network)|invalid compose|top-level object must be|empty compose file|no service selected|conflicting options: /i,
    advice: "compose cannot use the compose files as they are. Correct what its message names.",
  },
  {
    kind: "NetworkFailed",
    // A log driver that cannot reach its server speaks of the network too, but not of a registry's.
    pattern:
      /^(?!.*logging driver).*(TLS handshake timeout|i\/o timeout|Client\.Timeout exceeded|no such host|server misbehaving|temporary failure in name resolution|connection reset by peer|network is unreachable|no route to host|(dial|proxyconnect) tcp.*connection refused|unexpected EOF|https?:\/\/.*: (EOF|context deadline exceeded|net\/http: request canceled)|client connection lost|unexpected (HTTP )?status.*\b5\d\d\b)/im,
    advice:
      "the image registry, or the network on the way to it, fails. Check the way (`docker pull IMAGE`, DNS, a proxy), then run the same command again.",
  },
];
