/** A judged adoption as text and as JSON, without secrets. */
import type { Finding } from "../../checks/index.ts";
import { SERVICE_LABEL } from "../../docker/labels.ts";
import { headline, planText } from "../../plan/text.ts";
import { acceptableConfigSentence, configSentence } from "../../pulumi/stack/finding-text.ts";
import { sentenceList } from "../../text/list.ts";
import { table } from "../../text/table.ts";
import { zbl } from "../../text/zbl.ts";
import { pulumiPath } from "../set/config-change.ts";
import type { Adoption } from "./adoption.ts";
import type { FoundDeployment } from "./found.ts";

/** One service of an adopted deployment. */
interface AdoptedService {
  readonly service: string;
  /** Role in Lago; absent for a service that is not Lago's. */
  readonly role?: string;
  readonly image: string;
  readonly running: number;
  readonly containers: number;
  readonly ports: readonly string[];
}

/** Describes a deployment and the effect of its adoption, for a person. */
export function adoptionText(adoption: Adoption, found: FoundDeployment, stack: string): string {
  const { project, plan, keys, changedSince, envFiles, findings } = adoption;
  const services = servicesOf(adoption, found);
  const volumes = found.volumes.map(({ name }) => name);
  const rows = services.map(({ service, role = "-", image, running, containers, ports }) => [
    service,
    role,
    containers === 1 ? (running === 1 ? "runs" : "ended") : `${running} of ${containers} run`,
    image,
    ports.join(", ") || "-",
  ]);
  const variables =
    envFiles.length === 0 ? "" : `, with the variables of ${sentenceList(envFiles)}`;
  return [
    `Project ${project.name} was made by plain docker compose of ${sentenceList(project.files)}${variables}.`,
    "",
    table(["SERVICE", "ROLE", "STATE", "IMAGE", "PORTS"], rows),
    "",
    `Volumes: ${volumes.join(", ") || "none"}.`,
    keysText(keys),
    ...(changedSince.length === 0
      ? []
      : [
          `${sentenceList(changedSince)} changed in the file of variables since the containers were made: the values of the containers are taken.`,
        ]),
    "",
    `Effect of the first \`${zbl("up", stack)}\`:`,
    plan.changes ? planText(plan, stack) : `${headline(plan)} No container is replaced.`,
    ...findingLines(findings, stack),
  ].join("\n");
}

/** The adoption as JSON for programs. */
export function adoptionJson(
  adoption: Adoption,
  found: FoundDeployment,
  stack: string,
  isWritten: boolean,
) {
  const { project, plan, keys, changedSince, envFiles, findings, settings } = adoption;
  return {
    project: project.name,
    stack,
    written: isWritten,
    folder: project.folder,
    composeFiles: project.files,
    envFiles,
    services: servicesOf(adoption, found),
    volumes: found.volumes.map(({ name }) => name),
    settings: settings.map(({ path }) => pulumiPath(path)),
    keys,
    changedSince,
    plan,
    findings,
  };
}

function servicesOf({ project, model, plan }: Adoption, found: FoundDeployment): AdoptedService[] {
  const order = plan.services.map(({ service }) => service);
  const roles = new Map(model.services.map(({ name, role }) => [name, role]));
  return project.services
    .toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
    .map(({ name, image, running, containers, role: seen }) => {
      const role = roles.get(name) ?? seen;
      return {
        service: name,
        ...(role === undefined ? {} : { role }),
        ...{ image, running, containers, ports: portsOf(found, name) },
      };
    });
}

function portsOf({ containers }: FoundDeployment, service: string): string[] {
  const own = containers.filter(({ Config }) => Config.Labels?.[SERVICE_LABEL] === service);
  const bindings = own.flatMap(({ HostConfig }) => Object.entries(HostConfig.PortBindings ?? {}));
  return bindings.flatMap(([target, bound]) =>
    (bound ?? []).map(({ HostIp, HostPort }) => `${HostIp || "0.0.0.0"}:${HostPort}->${target}`),
  );
}

function keysText({ stored, inFiles }: Adoption["keys"]): string {
  const parts = [
    ...(stored.length === 0
      ? []
      : [`taken from the containers, and encrypted in the config: ${stored.join(", ")}`]),
    ...(inFiles.length === 0 ? [] : [`given by the files, as before: ${inFiles.join(", ")}`]),
  ];
  return `Keys: ${parts.join("; ") || "none found"}. No key is made anew.`;
}

function findingLines(findings: readonly Finding[], stack: string): string[] {
  const errors = findings.filter(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity !== "error");
  return [
    ...(warnings.length === 0
      ? []
      : ["", ...warnings.map((one) => `warning: ${configSentence(one, stack)}`)]),
    ...(errors.length === 0
      ? []
      : [
          "",
          `Not safe, so \`${zbl("up", stack)}\` is refused until these are mended or accepted:`,
          ...errors.map((one) => `  ${acceptableConfigSentence(one, stack)}`),
        ]),
  ];
}
