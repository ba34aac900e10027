import { describe, expect, it } from "vitest";
import type { ListedContainer } from "../../../src/docker/engine-api.ts";
import {
  CONFIG_HASH_LABEL,
  ONE_OFF_LABEL,
  PROJECT_LABEL,
  SERVICE_LABEL,
} from "../../../src/docker/labels.ts";
import { engineDeployments } from "../../../src/observe/engine-deployments.ts";
import type { FoundVolume } from "../../../src/observe/found-volumes.ts";

function container(
  project: string,
  service: string,
  image: string,
  more: Partial<ListedContainer> & { readonly oneOff?: boolean } = {},
): ListedContainer {
  const { oneOff = false, ...state } = more;
  const Labels = {
    [PROJECT_LABEL]: project,
    [SERVICE_LABEL]: service,
    [CONFIG_HASH_LABEL]: "1",
    [ONE_OFF_LABEL]: oneOff ? "True" : "False",
  };
  return { Id: `${project}-${service}`, State: "running", Image: image, Labels, ...state };
}

function volume(project: string, key: string, holdsFingerprints = false): FoundVolume {
  const name = `${project}_${key}`;
  return { name, project, key, holdsFingerprints, keysLabel: "", driver: "local", options: {} };
}

describe("the deployments of an engine", () => {
  it("are the projects with Lago's images, with what runs of each", () => {
    const found = engineDeployments(
      [
        container("lago-prod", "api", "getlago/api:v1.50.0"),
        container("lago-prod", "db", "postgres:15", {
          State: "exited",
          Status: "Exited (137) 1 h",
        }),
        container("lago-prod", "migrate", "getlago/api:v1.50.0", {
          State: "exited",
          Status: "Exited (0) 2 hours ago",
        }),
        container("lago-prod", "api", "getlago/api:v1.49.0", { oneOff: true }),
        container("shop", "web", "nginx:1"),
      ],
      [volume("lago-prod", "lago_postgres_data"), volume("lago-prod", "keys", true)],
    );
    expect(found).toEqual([
      { project: "lago-prod", services: 2, running: 1, release: "v1.50.0", volumes: 1 },
    ]);
  });

  it("are also those of which only data is left", () => {
    const volumes = [volume("lago-old", "lago_postgres_data"), volume("lago-old", "keys", true)];
    expect(engineDeployments([], volumes)).toEqual([
      { project: "lago-old", services: 0, running: 0, release: "", volumes: 1 },
    ]);
  });
});
