import { delimiter, resolve } from "node:path";
import { inheritedEnvironment } from "../process/environment.ts";
import { type DockerEndpoint, hasExplicitEndpoint } from "./endpoint-settings.ts";
import { sharedSshFolder } from "./shared-ssh.ts";

/** Docker's own settings for the address of the engine. */
const ADDRESS = ["DOCKER_HOST", "DOCKER_CONTEXT"] as const;
const TLS = ["DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"] as const;

/**
 * Builds the environment of a docker process for an engine: the inherited variables, and the
 * engine. Variables of the caller that name another engine are left out.
 */
export function dockerEnvironment(
  engine: DockerEndpoint,
  source: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const inherited = inheritedEnvironment(source);
  if (!hasExplicitEndpoint(engine)) {
    return inherited;
  }
  const { dockerHost, dockerContext, dockerCertPath } = engine;
  // A context has its own certificates and ssh needs none, but docker would look for them anyway.
  const isCallersTls = dockerHost?.startsWith("tcp://") === true && dockerCertPath === undefined;
  for (const name of isCallersTls ? ADDRESS : [...ADDRESS, ...TLS]) {
    delete inherited[name];
  }
  const { PATH = "", ...others } = inherited;
  return {
    ...others,
    PATH: [...(mayBeSsh(engine) ? sharing() : []), PATH].join(delimiter),
    ...(dockerHost === undefined ? {} : { DOCKER_HOST: dockerHost }),
    ...(dockerContext === undefined ? {} : { DOCKER_CONTEXT: dockerContext }),
    ...(dockerCertPath === undefined
      ? {}
      : { DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: resolve(dockerCertPath) }),
  };
}

/**
 * Whether the address may be one of ssh. The address of a context is unknown without asking docker.
 */
function mayBeSsh({ dockerHost, dockerContext }: DockerEndpoint): boolean {
  return dockerHost?.startsWith("ssh://") === true || dockerContext !== undefined;
}

function sharing(): string[] {
  const folder = sharedSshFolder();
  return folder === undefined ? [] : [folder];
}
