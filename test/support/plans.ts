/** Services as they are declared and as they are found, for tests of what is said of the two. */

import type { ContainerSpec } from "../../src/compose/container-spec.ts";
import type { ObservedContainer } from "../../src/observe/containers.ts";
import type { ObservedProject } from "../../src/observe/observed-project.ts";
import type { DeclaredService, PlanInput } from "../../src/plan/types.ts";

/** What {@link declared} services and their containers are made of unless a test says otherwise. */
export const CONTAINER_SPEC: ContainerSpec = {
  image: "getlago/api:v1.50.0",
  environment: { LAGO_API_URL: "http://localhost:3000" },
  ports: ["127.0.0.1:3000->3000/tcp"],
  mounts: ["lago_storage:/app/storage"],
  memoryBytes: 0,
  restartPolicy: "unless-stopped",
};

/** The content of the images in those tests. */
export const IMAGE_ID = `sha256:${"1".repeat(64)}`;

/** A service that is to run, of which compose's hash is `hash`. */
export function declared(
  name: string,
  fields: Partial<Omit<DeclaredService, "spec">> = {},
  spec: Partial<ContainerSpec> = {},
): DeclaredService {
  return {
    name,
    configHash: "hash",
    scale: 1,
    oneShot: false,
    dependsOn: [],
    ...fields,
    spec: { ...CONTAINER_SPEC, ...spec },
  };
}

/** A running container that was made of just that. */
export function container(
  service: string,
  fields: Partial<Omit<ObservedContainer, "spec">> = {},
  spec: Partial<ContainerSpec> = {},
): ObservedContainer {
  return {
    id: `${service}-id`,
    name: `lago-test-${service}-1`,
    service,
    state: "running",
    health: "",
    exitCode: 0,
    configHash: "hash",
    imageId: IMAGE_ID,
    ...fields,
    spec: { ...CONTAINER_SPEC, ...spec },
  };
}

/** What the engine has. Its image is the declared one and sets `PATH`, unless a test says otherwise. */
export function observed(
  containers: readonly ObservedContainer[],
  fields: Partial<Omit<ObservedProject, "containers">> = {},
): ObservedProject {
  return {
    containers,
    volumes: [],
    imageId: () => IMAGE_ID,
    imageVariables: () => new Set(["PATH"]),
    ...fields,
  };
}

/** What a plan is made of, in a project without volumes. */
export function subject(
  services: readonly DeclaredService[],
  containers: readonly ObservedContainer[],
  fields: Partial<Omit<PlanInput, "declared">> & { readonly volumes?: readonly string[] } = {},
): PlanInput {
  const { volumes = [], ...rest } = fields;
  return {
    project: "lago-test",
    composeVersion: "2.26.1",
    declared: { services, volumes },
    observed: observed(containers),
    removable: new Set(),
    ...rest,
  };
}
