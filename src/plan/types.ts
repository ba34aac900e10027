/** The form of plans. */
import type { ResolvedService } from "../compose/resolved.ts";
import type { ObservedContainer } from "../observe/containers.ts";
import type { ObservedProject } from "../observe/snapshot.ts";
import type { Difference } from "./differences.ts";

/** What happens to a service. */
export const SERVICE_ACTIONS = [
  /** Nothing: its containers run on. */
  "stays",
  /** It gets a container, or more of them. */
  "created",
  /** Its containers are replaced by new ones. */
  "recreated",
  /** Its containers are stopped and started again. */
  "restarted",
  /** Its containers had ended and are started. */
  "started",
  /** It is a one-shot, and it runs once more. */
  "runs again",
  /** Its containers go, or some of them. */
  "removed",
  /** It is not declared, and nobody said that it may go. */
  "left alone",
] as const;

/** One of {@link SERVICE_ACTIONS}. */
export type ServiceAction = (typeof SERVICE_ACTIONS)[number];

/** Why something happens to a service. */
export type Reason =
  | Difference
  /** Something that is not of its making, as a sentence without secrets. */
  | { readonly part: "state"; readonly message: string };

/** What happens to one service, and why. */
export interface ServicePlan {
  readonly service: string;
  readonly action: ServiceAction;
  readonly reasons: readonly Reason[];
  /** Whether it is away for a moment although it ran. */
  readonly downtime: boolean;
}

/** What the judgement of one service needs. */
export interface ServiceSubject {
  readonly declared: DeclaredService;
  readonly containers: readonly ObservedContainer[];
  /** Content of the image that the service names, where the engine has it. */
  readonly imageId: string | undefined;
  readonly imageVariables: (imageId: string) => ReadonlySet<string> | undefined;
}

/** Something to think about before data is lost or out of reach. */
export interface DataRisk {
  /** The service or volume that it is about. */
  readonly subject: string;
  /** What may happen, and what to do, without secrets. */
  readonly message: string;
}

/** A service that is to run, without secrets. */
export interface DeclaredService extends ResolvedService {
  /** Whether it runs once and ends. */
  readonly oneShot: boolean;
}

/** What a plan is made of. */
export interface PlanSubject {
  readonly project: string;
  /** Such as `2.26.1`: what becomes of dependants changed with it. */
  readonly composeVersion: string;
  readonly declared: {
    readonly services: readonly DeclaredService[];
    /** Names of the volumes, without those that the files call external. */
    readonly volumes: readonly string[];
  };
  readonly observed: ObservedProject;
  /** Services that are not declared and that a start removes. */
  readonly removable: ReadonlySet<string>;
}

/** What would happen to a deployment. */
export interface Plan {
  readonly project: string;
  /** Whether anything is to be done beside one-shots that run once more. */
  readonly changes: boolean;
  /** In the order in which compose gets to them: dependencies first; the undeclared at the end. */
  readonly services: readonly ServicePlan[];
  /** Services that are away for a moment, in that order. */
  readonly downtime: readonly string[];
  /** Where data is at stake. */
  readonly risks: readonly DataRisk[];
}
