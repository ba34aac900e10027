/** Which Docker engine a deployment is on, where that is not left to docker's own settings. */
import type { ConfigIssue } from "../errors.ts";
import { certificateFaults } from "./certificates.ts";
import { hostFault, isUnencrypted } from "./host-url.ts";

/** Settings that say which engine is meant. None: docker's own, such as `DOCKER_HOST`, say it. */
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
export type Engine = EngineSettings;

/** The engine that docker's own settings name. */
export const DEFAULT_ENGINE: Engine = {};

/** What docker calls the context of its own settings. */
const DEFAULT_NAME = "default";

/** As docker itself has it. */
const CONTEXT_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/;

/** The settings among others that say which engine is meant; the same for every way to leave them out. */
export function engineOf(settings: EngineSettings): Engine {
  const { dockerHost, dockerContext, dockerCertPath } = settings;
  return {
    ...(dockerHost === undefined ? {} : { dockerHost }),
    ...(dockerContext === undefined ? {} : { dockerContext }),
    ...(dockerCertPath === undefined ? {} : { dockerCertPath }),
  };
}

/** Whether settings say which engine is meant, and not docker's own. */
export function isChosen({ dockerHost, dockerContext }: Engine): boolean {
  return dockerHost !== undefined || dockerContext !== undefined;
}

/** What people call an engine: its address, its context, or `default`. */
export function engineName({ dockerHost, dockerContext }: Engine): string {
  return dockerHost ?? dockerContext ?? DEFAULT_NAME;
}

/** How a person calls docker for an engine. */
export function dockerCommand({ dockerHost, dockerContext, dockerCertPath }: Engine): string {
  if (dockerHost !== undefined) {
    return dockerCertPath === undefined
      ? `docker --host ${dockerHost}`
      : `DOCKER_CERT_PATH=${dockerCertPath} docker --tlsverify --host ${dockerHost}`;
  }
  return dockerContext === undefined ? "docker" : `docker --context ${dockerContext}`;
}

/** The options by which a person tells the command line of this package the engine. */
export function engineOptions({ dockerHost, dockerContext, dockerCertPath }: Engine): string {
  return [
    ...(dockerHost === undefined ? [] : [` --docker-host ${dockerHost}`]),
    ...(dockerContext === undefined ? [] : [` --docker-context ${dockerContext}`]),
    ...(dockerCertPath === undefined ? [] : [` --docker-cert-path ${dockerCertPath}`]),
  ].join("");
}

/**
 * What has to be known before one types a command that a message shows: such commands are for docker's
 * own engine. Empty where that is the one that is meant.
 */
export function commandNote(engine: Engine): string {
  return isChosen(engine)
    ? ` (these commands are for ${engineName(engine)}: write \`${dockerCommand(engine)}\` for \`docker\`, and add \`${engineOptions(engine).trim()}\` to \`z-billing-lago\`)`
    : "";
}

/**
 * What is wrong with the settings, as far as this machine alone can tell.
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
