import { describe, expect, it } from "vitest";
import type { ListedContainer } from "../../../src/docker/engine-api.ts";
import { composeProjects } from "../../../src/observe/compose-projects.ts";

function listed(
  project: string,
  service: string,
  {
    Image = "redis:7",
    Command = "",
    State = "running",
    files = "/srv/lago/compose.yaml",
    labels = {},
  }: Partial<Record<"Image" | "Command" | "State" | "files", string>> & {
    readonly labels?: Readonly<Record<string, string>>;
  } = {},
): ListedContainer {
  return {
    Id: `${project}-${service}`,
    Image,
    Command,
    State,
    Labels: {
      "com.docker.compose.project": project,
      "com.docker.compose.service": service,
      "com.docker.compose.config-hash": "0a",
      "com.docker.compose.project.working_dir": "/srv/lago",
      "com.docker.compose.project.config_files": files,
      ...labels,
    },
  };
}

describe("compose projects on an engine", () => {
  it("have their files, and their services with roles", () => {
    const [project, ...others] = composeProjects([
      listed("acme", "backend", {
        Image: "getlago/api:v1.50.0",
        Command: "./scripts/start.api.sh",
      }),
      listed("acme", "cache", { State: "exited" }),
      listed("acme", "cache"),
    ]);
    expect(others).toEqual([]);
    expect(project).toEqual({
      name: "acme",
      folder: "/srv/lago",
      files: ["/srv/lago/compose.yaml"],
      envFiles: [],
      isPlain: true,
      services: [
        { name: "backend", image: "getlago/api:v1.50.0", role: "api", containers: 1, running: 1 },
        { name: "cache", image: "redis:7", role: "redis", containers: 2, running: 1 },
      ],
    });
  });

  it("tell several files, and files of variables", () => {
    const files = "/srv/lago/a.yml,/srv/lago/b.yml";
    const environment = { "com.docker.compose.project.environment_file": "/srv/x.env,/srv/y.env" };
    expect(
      composeProjects([listed("acme", "redis", { files, labels: environment })]),
    ).toMatchObject([
      { files: ["/srv/lago/a.yml", "/srv/lago/b.yml"], envFiles: ["/srv/x.env", "/srv/y.env"] },
    ]);
  });

  it("are not plain where an override came by standard input", () => {
    const files = "/srv/lago/compose.yaml,-";
    const projects = composeProjects([listed("ours", "api", { files }), listed("theirs", "api")]);
    expect(projects.map(({ name, isPlain, files: own }) => [name, isPlain, own.length])).toEqual([
      ["ours", false, 1],
      ["theirs", true, 1],
    ]);
  });

  it("have no containers of others: of no project, of docker compose run, without compose", () => {
    const oneOff = { "com.docker.compose.oneoff": "True" };
    expect(
      composeProjects([
        { Id: "1", State: "running" },
        listed("acme", "api", { labels: oneOff }),
        { ...listed("acme", "api"), Labels: { "com.docker.compose.project": "acme" } },
      ]),
    ).toEqual([]);
  });
});
