/** Everything that a deployment can be refused for before anything is touched. */
import { type ComposeAnswers, ComposeReads } from "../../compose/compose-reads.ts";
import { deploymentOf } from "../../deployment/from-spec.ts";
import type { LagoDeployment } from "../../deployment/lago-deployment.ts";
import { engineOf } from "../../docker/endpoint-settings.ts";
import { projectNameFault } from "../../lago/config/project-name.ts";
import { withPresentPorts } from "../../observe/present-ports.ts";
import type { Snapshot } from "../../observe/snapshot.ts";
import type { PublishedPorts } from "../../ports/claims.ts";
import { allSettledOrThrow } from "../../process/async.ts";
import { groupOf, leaveEngineOpen, leaveFilesOpen, soundSpec } from "../../spec/sound.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import { PUBLISHED_SERVICES } from "../../spec/wanted-ports.ts";
import { hasUnknown } from "../cli/unknown-values.ts";
import { hostFaults } from "./host-faults.ts";
import {
  engineReasons,
  nameFaults,
  type OptIns,
  reasonsOf,
  removalFaults,
  variableFaults,
} from "./project-faults.ts";
import type { NameOrigin } from "./project-name.ts";
import { judgePorts, keepAllocated, type PortsBefore } from "./project-ports.ts";
import { invalid, knownFindings, type ProgramFindings, unsafeReasons } from "./refusal-text.ts";
import { snapshotIfAnswered } from "./snapshot-if-answered.ts";
import { leftName, takenName } from "./taken-name.ts";
import { volumeFaults } from "./volume-faults.ts";

/** A deployment that is to be judged. */
export interface ProjectToJudge {
  /** Fields of the spec may be at fault. */
  readonly spec: DeploymentSpec;
  /** Allowances of the program. Defaults to none. */
  readonly optIns?: OptIns | undefined;
  /** Faults that the program itself has found. Defaults to none. */
  readonly findings?: ProgramFindings | undefined;
  /** Compose's answers to the program about the files. Defaults to none: compose is asked again. */
  readonly answers?: ComposeAnswers | undefined;
  /** The stack whose config has the settings. Defaults to settings from elsewhere. */
  readonly stack?: string | undefined;
  /** Origin of the project's name. Defaults to a name that somebody chose, or that of the stack. */
  readonly nameOrigin?: NameOrigin | undefined;
}

/** The deployment as a stack's state has it. */
export interface ProjectBefore {
  readonly spec: DeploymentSpec;
  readonly ports?: PublishedPorts | undefined;
}

/** The outcome of {@link judgeProject}. */
export interface ProjectJudgement {
  /** Sentences that begin with the kind of the fault. */
  readonly reasons: string[];
  /** Undefined if settings or files do not tell the deployment. */
  readonly deployment: LagoDeployment | undefined;
  /**
   * Undefined if settings are invalid, or if `auto` is undecided and the engine does not answer.
   */
  readonly ports: PublishedPorts | undefined;
}

/**
 * Finds all faults of a deployment. A fault of one setting does not hide the faults of another.
 * Consequences of a fault are left out: nobody can tell who holds the port of a project with
 * another name. If only the real run knows the spec, only the findings and the keys are judged.
 *
 * @param before undefined for a new stack
 * @param keyFaults judges the keys, beside everything else, by the engine as it is now; undefined if
 *   the engine does not answer
 * @param known the engine as it is now, if somebody has looked. Defaults to looking
 */
export async function judgeProject(
  before: ProjectBefore | undefined,
  { spec, optIns: wished, findings, answers, stack, nameOrigin }: ProjectToJudge,
  keyFaults: (snapshot: Snapshot | undefined) => Promise<string[]>,
  known?: Snapshot,
): Promise<ProjectJudgement> {
  const optIns = hasUnknown(wished) ? {} : wished;
  const found = knownFindings(findings);
  if (hasUnknown(spec)) {
    const reasons = [
      ...invalid(found.invalid),
      ...unsafeReasons(found),
      ...(await keyFaults(known)),
    ];
    return { reasons, deployment: undefined, ports: undefined };
  }
  const sound = soundSpec(spec);
  const issues = [...found.invalid, ...sound.issues];
  const named = await nameFaults(before?.spec, spec.projectName, {
    allowed: optIns?.allowProjectRename,
    stack,
  });
  const removal = removalFaults(spec.projectName, optIns?.removeVolumesOnDestroy);
  if (leaveFilesOpen(issues)) {
    const reasons = [...invalid(issues), ...named, ...removal, ...unsafeReasons(found)];
    return { reasons, deployment: undefined, ports: undefined };
  }
  const isOnKnownEngine = !leaveEngineOpen(issues);
  const left = isOnKnownEngine
    ? await hostFaults(before?.spec, spec, { allowed: optIns?.allowHostChange, stack })
    : [];
  const isPlaced = isOnKnownEngine && named.length + left.length === 0;
  // Nobody can tell the conflicts of a deployment that is somewhere else.
  const snapshot = isPlaced
    ? (known ?? (await snapshotIfAnswered(spec.projectName, engineOf(spec))))
    : undefined;
  const isOfFiles = !hasUnknown(nameOrigin) && nameOrigin?.from === "files";
  const hints = isOfFiles ? { stack, otherwise: nameOrigin.ofStack } : undefined;
  const shared =
    before === undefined && hints !== undefined && snapshot !== undefined
      ? [...takenName(snapshot, hints), ...leftName(snapshot, hints)]
      : [];
  const [engine, keys, files] = await allSettledOrThrow([
    isOnKnownEngine ? engineReasons(engineOf(spec)) : [],
    keyFaults(snapshot),
    judgeFiles(
      sound.value,
      isOnKnownEngine ? { wanted: before?.spec.ports, ports: before?.ports } : undefined,
      new ComposeReads(hasUnknown(answers) ? {} : answers),
      { snapshot, stack },
    ),
  ]);
  const faults = [
    ...invalid(issues),
    ...files.faults,
    ...named,
    ...shared,
    ...removal,
    ...unsafeReasons(found),
    ...engine,
    ...left,
  ];
  // Faults of `ports` leave open whether a port is meant that nobody gave.
  const arePortsFaulty = issues.some(({ field }) => groupOf(field) === "ports");
  const unsure = PUBLISHED_SERVICES.filter(
    (service) => arePortsFaulty && sound.value.ports?.[service] === undefined,
  );
  // Whatever is in the way of somebody else's project is a consequence of its name.
  const isOwn = isPlaced && shared.length === 0;
  const conflicts = files.conflicts.filter(
    (one) => isOwn && !unsure.some((service) => one.startsWith(`PortTaken: ports.${service}:`)),
  );
  return {
    // Keys come last, because their messages are long.
    reasons: [...faults, ...conflicts, ...(shared.length === 0 ? keys : [])],
    deployment: files.deployment,
    ports: faults.length === 0 ? files.ports : undefined,
  };
}

/** The outcome of {@link judgeFiles}. */
interface FilesJudgement {
  /** Faults of the files, and of settings that go with them. */
  readonly faults: readonly string[];
  /** Conflicts with other deployments, or with the present state of this one. */
  readonly conflicts: readonly string[];
  readonly deployment?: LagoDeployment;
  readonly ports?: PublishedPorts | undefined;
}

/** @param before undefined where the engine is not known, so that no ports can be judged */
async function judgeFiles(
  spec: DeploymentSpec,
  before: PortsBefore | undefined,
  reads: ComposeReads,
  { snapshot, stack }: { snapshot: Snapshot | undefined; stack: string | undefined },
): Promise<FilesJudgement> {
  try {
    // With a valid name in its place, all but an invalid name can be judged.
    const isNamed = projectNameFault(spec.projectName) === undefined;
    const projectName = isNamed ? spec.projectName : "lago";
    const allocated = before === undefined ? spec.ports : keepAllocated(spec.ports, before);
    const known = { ...spec, projectName };
    const ports =
      spec.adopted === true && snapshot !== undefined
        ? withPresentPorts(allocated, await deploymentOf(known, {}, { reads }).model(), snapshot)
        : allocated;
    const deployment = deploymentOf({ ...known, ports }, {}, { reads });
    const variables = spec.variables ?? [];
    const [model, location, volumes] = await allSettledOrThrow([
      deployment.model(),
      before === undefined
        ? { ports: undefined, reasons: [] }
        : judgePorts(deployment, snapshot, variables, stack),
      snapshot === undefined ? [] : volumeFaults(deployment, snapshot, variables, stack),
    ]);
    return {
      faults: [
        ...variableFaults(model, variables, spec.adopted),
        ...invalid(await deployment.serviceFaults()),
      ],
      conflicts: [...location.reasons, ...volumes],
      deployment,
      ports: location.ports,
    };
  } catch (error) {
    return { faults: reasonsOf(error), conflicts: [] };
  }
}
