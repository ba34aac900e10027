import type { ListedContainer } from "../docker/engine-api.ts";
import { PROJECT_LABEL } from "../docker/labels.ts";

/** Names and ports of a container on the host, which may conflict with those of a deployment. */
export interface HostContainer {
  readonly id: string;
  readonly name: string;
  /** Compose project of the container; undefined for a container of no project. */
  readonly project: string | undefined;
  readonly ports: readonly HostPort[];
  /** Names of the networks that the container is on. Defaults to none. */
  readonly networks?: readonly string[];
}

/** A port that a running container holds on the host. */
export interface HostPort {
  readonly address: string;
  readonly port: number;
}

/** Reads a container of the engine's list. */
export function hostContainerOf({
  Id,
  Names,
  Labels,
  Ports,
  NetworkSettings,
}: ListedContainer): HostContainer {
  const networks = Object.keys(NetworkSettings?.Networks ?? {});
  return {
    ...(networks.length === 0 ? {} : { networks }),
    id: Id,
    name: (Names?.[0] ?? "").replace(/^\//, ""),
    project: Labels?.[PROJECT_LABEL],
    ports: (Ports ?? []).flatMap(({ IP, PublicPort, Type }) =>
      PublicPort === undefined || Type !== "tcp" ? [] : [{ address: IP, port: PublicPort }],
    ),
  };
}
