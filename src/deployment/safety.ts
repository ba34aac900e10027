import { EXCEPTION_ID, type Finding, type RemoteEngine, runChecks } from "../checks/index.ts";
import { isLocalEngine } from "../docker/endpoint.ts";
import { engineName, hasExplicitEndpoint } from "../docker/endpoint-settings.ts";
import { DeployError, onDeployError } from "../errors.ts";
import { foldersForFilesOf } from "./host-mounts.ts";
import type { LagoDeployment } from "./lago-deployment.ts";
import { UNREAD_ID, unreadEnvFile } from "./unread-env-file.ts";

/**
 * Finds unsafe settings of a deployment. Skips files that run as they are, without the generated
 * override: `z-billing-lago lint` judges those.
 */
export async function findUnsafe(deployment: LagoDeployment): Promise<Finding[]> {
  const { options } = deployment;
  if (options.isolated === false) {
    return [];
  }
  const isUnread = (name: string) => name.startsWith(`${UNREAD_ID}:`);
  const { allowUnsafe = [] } = options;
  const unread = await unreadEnvFile(deployment);
  const subject = {
    variables: { ...(await deployment.judgedVariables()), ...(await deployment.toggles()) },
    model: await deployment.model(),
    services: await deployment.services(),
  };
  const found = runChecks({
    ...subject,
    source: "stack",
    implied: deployment.impliedVariables,
    publishedAddress: options.ports?.address,
    remoteEngine: await remoteEngineOf(deployment),
    foldersForFiles: await onDeployError(
      () => foldersForFilesOf(deployment),
      // An engine that does not answer is reported by the first call that cannot do without.
      () => [],
    ),
    release: options.version,
    allowUnsafe: allowUnsafe.filter((name) => !isUnread(name)),
  });
  const relevant = found.filter(({ isMinor = false }) => !isMinor);
  const open = options.adopted === true ? openPorts(runChecks({ ...subject, source: "lint" })) : [];
  const others = [...open, ...unread].filter(({ unsafeName }) => !allowUnsafe.includes(unsafeName));
  return [...relevant, ...others];
}

/** Ids of findings about ports that the files publish. */
const PORT_IDS: readonly string[] = ["database-published", "redis-published", "public-port"];

/** Selects ports that plain compose publishes and that stay so: nothing to refuse, since they are in use. */
function openPorts(findings: readonly Finding[]): Finding[] {
  return findings
    .filter(({ id }) => PORT_IDS.includes(id))
    .map((finding) => ({ ...finding, severity: "warning" }));
}

/** The deployment's engine, where settings choose one on another machine. */
async function remoteEngineOf(deployment: LagoDeployment): Promise<RemoteEngine | undefined> {
  const { engine } = deployment.project;
  if (!hasExplicitEndpoint(engine) || (await isLocalEngine(engine, deployment.options.signal))) {
    return undefined;
  }
  return { engine: engineName(engine), hostFiles: await deployment.hostFiles() };
}

/**
 * Refuses a deployment with unsafe settings, and reports mere warnings as progress.
 *
 * @throws DeployError of kind `UnsafeConfig` that names every finding with its way out
 */
export async function requireSafe(deployment: LagoDeployment): Promise<void> {
  const findings = await findUnsafe(deployment);
  refuseErrors(findings);
  for (const finding of findings) {
    deployment.options.onProgress?.({
      message: `warning: ${sentence(finding)}`,
      isWarning: true,
    });
  }
}

/**
 * Refuses findings of which one is an error.
 *
 * @throws DeployError of kind `UnsafeConfig`
 */
function refuseErrors(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) {
    return;
  }
  const count = errors.length === 1 ? "1 setting is" : `${errors.length} settings are`;
  const lines = errors.map((finding) => `  ${acceptableSentence(finding)}`);
  throw new DeployError("UnsafeConfig", `${count} not safe:\n${lines.join("\n")}`, {
    issues: errors.map((finding) => ({
      field: finding.field,
      message: `${finding.reason}; ${finding.remedy}`,
    })),
  });
}

/** Formats a finding on one line. */
export function sentence({ field, reason, remedy }: Finding): string {
  return reason.endsWith("?")
    ? `${field} ${reason} ${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}`
    : `${field} ${reason}: ${remedy}`;
}

/** Formats a finding on one line, with the setting that accepts it. */
export function acceptableSentence(finding: Finding): string {
  const accept = `. To accept it: allowUnsafe "${finding.unsafeName}"`;
  return `${sentence(finding)}${finding.id === EXCEPTION_ID ? "" : accept}`;
}
