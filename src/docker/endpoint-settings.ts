/** Settings that choose the Docker engine of a deployment, instead of docker's own settings. */

import type { ConfigIssue } from "../errors.ts";
import { shellWord } from "../text/shell.ts";
import { zblProgram } from "../text/zbl.ts";
import { certificateFaults } from "./certificates.ts";
import { hostFault, isUnencrypted } from "./host-url.ts";

/**
 * Settings that choose the engine. Without any, docker's own settings such as `DOCKER_HOST` choose.
 */
export interface EngineSettings {
  /**
   * Address of the engine: `ssh://USER@HOST:PORT`, `tcp://HOST:PORT` with TLS, or
   * `unix:///PATH/TO/SOCKET`. Defaults to what docker's own settings say.
   */
  readonly dockerHost?: string | undefined;
  /** Name of one of docker's contexts, instead of an address. Defaults to docker's current one. */
  readonly dockerContext?: string | undefined;
  /**
   * Folder with `ca.pem`, and `cert.pem` and `key.pem`, for a `tcp://` address, as `DOCKER_CERT_PATH`
   * with `DOCKER_TLS_VERIFY` names it. Defaults to what those two variables say.
   */
  readonly dockerCertPath?: string | undefined;
}

/** An engine, by the settings that are given. */
export type DockerEndpoint = EngineSettings;

/** The engine that docker's own settings name. */
export const DEFAULT_ENGINE: DockerEndpoint = {};

/** Docker's name for the context of its own settings. */
const DEFAULT_NAME = "default";

/** Docker's rule for the name of a context. */
const CONTEXT_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/;

/**
 * Picks the settings of the engine. Fields that are undefined are left out, so that equal engines
 * compare equal.
 */
export function engineOf(settings: EngineSettings): DockerEndpoint {
  const { dockerHost, dockerContext, dockerCertPath } = settings;
  return {
    ...(dockerHost === undefined ? {} : { dockerHost }),
    ...(dockerContext === undefined ? {} : { dockerContext }),
    ...(dockerCertPath === undefined ? {} : { dockerCertPath }),
  };
}

/** Whether settings choose the engine, instead of docker's own settings. */
export function hasExplicitEndpoint({ dockerHost, dockerContext }: DockerEndpoint): boolean {
  return dockerHost !== undefined || dockerContext !== undefined;
}

/** Name of an engine in messages: its address, its context, or `default`. */
export function engineName({ dockerHost, dockerContext }: DockerEndpoint): string {
  return dockerHost ?? dockerContext ?? DEFAULT_NAME;
}

/** Docker command for an engine, as a person types it. */
export function dockerCommand({
  dockerHost,
  dockerContext,
  dockerCertPath,
}: DockerEndpoint): string {
  if (dockerHost !== undefined) {
    return dockerCertPath === undefined
      ? `docker --host ${dockerHost}`
      : `DOCKER_CERT_PATH=${dockerCertPath} docker --tlsverify --host ${dockerHost}`;
  }
  return dockerContext === undefined ? "docker" : `docker --context ${dockerContext}`;
}

/**
 * Options that make this package's command line use an engine, with a space in front; empty for
 * docker's own settings.
 */
export function engineOptions(engine: DockerEndpoint): string {
  return engineWords(engine)
    .map((word) => ` ${shellWord(word)}`)
    .join("");
}

/** Options that make this package's command line use an engine, word by word. */
export function engineWords({
  dockerHost,
  dockerContext,
  dockerCertPath,
}: DockerEndpoint): string[] {
  return [
    ...(dockerHost === undefined ? [] : ["--docker-host", dockerHost]),
    ...(dockerContext === undefined ? [] : ["--docker-context", dockerContext]),
    ...(dockerCertPath === undefined ? [] : ["--docker-cert-path", dockerCertPath]),
  ];
}

/**
 * Note for messages that show a command, saying which options make the command use this engine.
 * Empty for the engine of docker's own settings.
 */
export function commandNote(engine: DockerEndpoint): string {
  return hasExplicitEndpoint(engine)
    ? ` (these commands are for ${engineName(engine)}: write \`${dockerCommand(engine)}\` for \`docker\`, and add \`${engineOptions(engine).trim()}\` to \`${zblProgram()}\`)`
    : "";
}

/**
 * Finds the faults of the settings that this machine alone can find.
 *
 * @param environment has docker's own settings. Defaults to those of this process.
 */
export function engineFaults(
  settings: EngineSettings,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ConfigIssue[] {
  const { dockerHost, dockerContext, dockerCertPath } = settings;
  const issues: ConfigIssue[] = [];
  const fault = (field: keyof EngineSettings, message: string | undefined) => {
    if (message !== undefined) {
      issues.push({ field, message });
    }
  };
  if (dockerHost !== undefined && dockerContext !== undefined) {
    fault("dockerHost", "is given beside dockerContext, and only one can say where to: remove one");
  }
  const wrong = dockerHost === undefined ? undefined : hostFault(dockerHost);
  fault("dockerHost", wrong);
  if (dockerContext !== undefined && !CONTEXT_NAME.test(dockerContext)) {
    fault("dockerContext", "expected the name of a context as `docker context ls` lists it");
  }
  const isTcp = dockerHost?.startsWith("tcp://") === true;
  if (dockerCertPath !== undefined) {
    fault(
      "dockerCertPath",
      isTcp
        ? certificateFaults(dockerCertPath)
        : "only a dockerHost that begins with tcp:// has one",
    );
  } else if (
    isTcp &&
    wrong === undefined &&
    !environment.DOCKER_TLS_VERIFY &&
    isUnencrypted(dockerHost)
  ) {
    fault(
      "dockerHost",
      "without TLS whoever is on the way reads every secret and may rule the engine; set dockerCertPath to a folder with ca.pem, cert.pem and key.pem (or DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH), or use ssh://",
    );
  }
  return issues;
}
