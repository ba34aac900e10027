import type { DeployErrorKind } from "../errors.ts";

interface Pattern {
  readonly kind: DeployErrorKind;
  readonly pattern: RegExp;
  /** What happened and what to do next, for the words that follow the operation's name. */
  readonly advice: string;
}

/**
 * What docker and compose print when they fail, most telling first. Seen with 26.1 and 28.2,
 * and with 29 by its users.
 */
const PATTERNS: readonly Pattern[] = [
  {
    kind: "DaemonUnreachable",
    pattern:
      /cannot connect to the docker daemon|failed to connect to the docker api|error during connect|permission denied while trying to connect|is the docker daemon running|context .* not found/i,
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
      /manifest unknown|manifest for .* not found|no such image|pull access denied|repository does not exist|not found: manifest|failed to resolve reference|No such host.*registry|Get "https:\/\/[^"]*\/v2/i,
    advice:
      "an image is neither on the host nor to be had from its registry. Check the image's name and tag, `docker login`, and that the host reaches the registry.",
  },
  {
    kind: "ServiceNotFound",
    pattern: /no such service/i,
    advice: "the deployment has no such service. `z-billing-lago status` lists them.",
  },
  {
    kind: "ComposeFileInvalid",
    pattern:
      /yaml: |required variable .* is missing|invalid interpolation|additional propert|must be a (mapping|string|list)|validating |undefined (service|volume|network)|invalid compose|top-level object must be|empty compose file|no service selected/i,
    advice: "compose cannot use the compose files as they are. Correct what its message names.",
  },
];

/** What a failed docker command means. */
export interface Classification {
  readonly kind: DeployErrorKind;
  readonly advice: string;
}

/** Finds the kind of failure in what docker or compose printed. */
export function classifyFailure(stderr: string): Classification {
  const known = PATTERNS.find(({ pattern }) => pattern.test(stderr));
  return (
    known ?? { kind: "CommandFailed", advice: "docker compose failed; its own message follows." }
  );
}
