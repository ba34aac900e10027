import { describe, expect, it } from "vitest";
import type { ComposeProjectOnEngine } from "../../../src/observe/compose-projects.ts";
import type { FoundVolume } from "../../../src/observe/found-volumes.ts";
import { type FirstStart, neighboursOf } from "../../../src/plan/neighbours.ts";

const FILE = "/srv/lago/docker-compose.yml";

const api = { name: "api", image: "getlago/api:v1.50.0", role: "api", containers: 1 } as const;

function plain(name: string, more: Partial<ComposeProjectOnEngine> = {}): ComposeProjectOnEngine {
  const services = [{ ...api, running: 1 }];
  return {
    name,
    folder: "/srv/lago",
    files: [FILE],
    envFiles: [],
    isPlain: true,
    services,
    ...more,
  };
}

function volume(project: string, holdsFingerprints = false): FoundVolume {
  const name = `${project}_data`;
  return {
    name,
    project,
    key: "data",
    holdsFingerprints,
    keysLabel: "",
    driver: "local",
    options: {},
  };
}

function start(more: Partial<FirstStart> = {}) {
  return neighboursOf({
    project: "lago-prod",
    files: [FILE],
    nameOfCompose: "lago",
    isNameChosen: false,
    acceptedRisks: new Set(),
    stack: "prod",
    projects: [plain("hunt")],
    volumes: [volume("hunt")],
    ...more,
  });
}

describe("deployments of plain compose beside a first start", () => {
  it("are a risk when they are of the same file, with the command that takes them over", () => {
    const { risks, notes } = start();
    expect(notes).toEqual([]);
    expect(risks).toEqual([
      {
        name: "empty-beside:hunt",
        subject: "hunt",
        accepted: false,
        message:
          "project lago-prod would begin EMPTY, beside project hunt, which plain docker compose made of the same file (1 of 1 services run, 1 volume). To take that one over with its data instead: ./zbl adopt --project hunt --stack prod",
      },
    ]);
  });

  it("are one when they have the name that compose gives these files", () => {
    const { risks } = start({ projects: [plain("lago", { files: ["/old/place.yml"] })] });
    expect(risks.map(({ name }) => name)).toEqual(["empty-beside:lago"]);
    expect(risks[0]?.message).toContain("under the name of these files");
  });

  it("are accepted by name", () => {
    const { risks } = start({ acceptedRisks: new Set(["empty-beside:hunt"]) });
    expect(risks.map(({ accepted }) => accepted)).toEqual([true]);
  });

  it.each<[string, Partial<FirstStart>]>([
    ["a name was chosen, as for staging beside production", { isNameChosen: true }],
    ["they are of other files and names", { files: ["/other.yml"] }],
  ])("are a note when %s", (_, more) => {
    const { risks, notes } = start(more);
    expect(risks).toEqual([]);
    expect(notes).toEqual([
      expect.stringContaining("To take that one over instead: ./zbl adopt --project hunt"),
    ]);
  });

  it.each<[string, Partial<FirstStart>]>([
    ["the project has containers", { projects: [plain("hunt"), plain("lago-prod")] }],
    ["the project has data", { volumes: [volume("lago-prod")] }],
    ["this program made them", { projects: [plain("hunt", { isPlain: false })] }],
    ["this program has taken them over", { volumes: [volume("hunt", true)] }],
    [
      "they are no Lago",
      { projects: [plain("hunt", { services: [{ ...api, role: undefined, running: 1 }] })] },
    ],
  ])("are nothing when %s", (_, more) => {
    expect(start(more)).toEqual({ risks: [], notes: [] });
  });
});
