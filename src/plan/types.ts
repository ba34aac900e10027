/** Types of plans and of drift. */
import type { UpdateOrder } from "../compose/model.ts";
import type { ResolvedService } from "../compose/resolved.ts";
import type { ObservedContainer } from "../observe/containers.ts";
import type { ObservedProject } from "../observe/observed-project.ts";
import type { Difference } from "./differences.ts";

/** Effects that a start may have on a service. */
export const SERVICE_ACTIONS = [
  /** The containers run on. */
  "stays",
  /** The service gets a container, or more of them. */
  "created",
  /** New containers replace the present ones. */
  "recreated",
  /** The containers are stopped and started again. */
  "restarted",
  /** Containers that had ended are started. */
  "started",
  /** A one-shot runs once more. */
  "runs again",
  /** Some or all containers are removed. */
  "removed",
  /** The service is not declared, and nobody allowed its removal. */
  "left alone",
] as const;

/** An entry of {@link SERVICE_ACTIONS}. */
export type ServiceAction = (typeof SERVICE_ACTIONS)[number];

/** Why a start has an effect on a service. */
export type Reason =
  | Difference
  /** A sentence on something other than a difference, such as a container that ended. No secrets. */
  | { readonly part: "state"; readonly message: string };

/** Fates of requests to a running service while its container is replaced or restarted. */
export const INTERRUPTIONS = [
  /** The new container is ready before the old one stops, so that no request waits. */
  "start first",
  /** The old container stops first, and the proxy in front holds requests meanwhile. */
  "held",
  /** Nobody answers meanwhile. */
  "down",
] as const;

/** Interruption of a running service. */
export interface Interruption {
  readonly how: (typeof INTERRUPTIONS)[number];
  /**
   * Expected length in seconds, from the times of the last start. Absent where no start was
   * measured, and where no request waits.
   */
  readonly seconds?: number;
}

/** The effect of a start on one service, and the reasons. */
export interface ServicePlan {
  readonly service: string;
  readonly action: ServiceAction;
  readonly reasons: readonly Reason[];
  /** Whether nobody answers requests to a running service for a moment. */
  readonly downtime: boolean;
  /** Absent for a service that runs on, or that did not run. */
  readonly interruption?: Interruption;
}

/** Input of the plan of one service. */
export interface ServicePlanInput {
  readonly declared: DeclaredService;
  readonly containers: readonly ObservedContainer[];
  /** Content of the image that the declaration names; undefined where the engine does not have it. */
  readonly imageId: string | undefined;
  readonly imageVariables: (imageId: string) => ReadonlySet<string> | undefined;
}

/** A start that may lose data or make it unreachable. */
export interface DataRisk {
  /** Name by which a setting accepts the risk, such as `downgrade:api`. */
  readonly name: string;
  /** Name of the service or volume. */
  readonly subject: string;
  /** The possible loss and the way to avoid it. No secrets. */
  readonly message: string;
  /** Whether somebody accepted the risk by its name. */
  readonly accepted: boolean;
}

/** A service as the compose files declare it. No secrets. */
export interface DeclaredService extends ResolvedService {
  /** Whether the service runs once and ends. */
  readonly oneShot: boolean;
  /** Order in which a proxy's service is replaced. Absent for every other service. */
  readonly updateOrder?: UpdateOrder | undefined;
}

/** Input of a plan. */
export interface PlanInput {
  readonly project: string;
  /** Release, such as `2.26.1`. Releases differ in the effect of a replaced service on its dependants. */
  readonly composeVersion: string;
  readonly declared: {
    readonly services: readonly DeclaredService[];
    /** Names of the volumes, without those that the files call external. */
    readonly volumes: readonly string[];
  };
  readonly observed: ObservedProject;
  /** Services that are not declared and that a start removes. */
  readonly removable: ReadonlySet<string>;
  /** Names of the risks for data that are accepted. Defaults to none. */
  readonly acceptedRisks?: ReadonlySet<string>;
}

/** Input of the search for drift. */
export type DriftInput = Pick<PlanInput, "project" | "declared" | "observed">;

/** Kinds of drift. Programs may rely on these names. */
export const DRIFT_KINDS = [
  /** A service has no container, or fewer than declared. */
  "missing",
  /** A service does not run; see `exitCode`. A one-shot ended with another code than 0. */
  "exited",
  /** A service runs, and its health check fails. */
  "unhealthy",
  /** A container has other settings than declared. */
  "configuration",
  /** A container was made from another image than the declared one. */
  "image",
  /** A container runs another release of the declared image. */
  "version",
  /** A service is published on another port or address. */
  "port",
  /** A service has containers and is not declared, or has more containers than declared. */
  "orphan",
  /** A declared volume does not exist. */
  "volume",
] as const;

/** An entry of {@link DRIFT_KINDS}. */
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** A difference between a running deployment and its declaration. */
export interface Drift {
  readonly kind: DriftKind;
  /** Name of the service; of the volume for the kind `volume`. */
  readonly subject: string;
  /** One line for a person. No secrets. */
  readonly message: string;
  /** Exit code of a container of the kind `exited`; absent for one that never ran or is paused. */
  readonly exitCode?: number | undefined;
}

/** The effects of a start on a deployment. */
export interface Plan {
  readonly project: string;
  /** Whether a start does more than to run one-shots once more. */
  readonly changes: boolean;
  /** In the order of compose: dependencies first; services that are not declared at the end. */
  readonly services: readonly ServicePlan[];
  /** Services that answer nobody for a moment, in that order. */
  readonly downtime: readonly string[];
  readonly risks: readonly DataRisk[];
  /** Services that are not declared, and volumes that do not exist. */
  readonly projectDrift: readonly Drift[];
}
