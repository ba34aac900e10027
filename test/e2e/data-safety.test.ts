/** The data of a deployment through everything that people do to it by mistake. */
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containersOf, docker, removeProject, sql, volumesOf } from "../../testing/docker.ts";
import { LAGO_FILES } from "../../testing/folders.ts";
import { createTestStack, must, type TestStack, wordsOf } from "../../testing/stack.ts";

/** An image that is at hand and has a shell. */
const TOOLS = "redis:7-alpine";

let lago: TestStack;
let file: string;
let original: string;
let foreign: string;
/** The name that the project is given later. */
let renamed: string;

beforeAll(async () => {
  lago = await createTestStack({ lagoPath: "lago", protect: true });
  renamed = `${lago.project}-renamed`;
  foreign = `${lago.project}-foreign-db`;
  await cp(join(LAGO_FILES, "v1.50.0"), join(lago.checkout, "lago"), { recursive: true });
  file = join(lago.checkout, "lago", "docker-compose.yml");
  // The name that Lago's file gives the database's container, without being in another test's way.
  original = (await readFile(file, "utf8")).replace("lago-db", foreign);
  await writeFile(file, original);
  await docker("run", "--detach", "--name", foreign, TOOLS);
});

afterAll(async () => {
  await docker("container", "rm", "--force", "--volumes", foreign);
  await removeProject(renamed);
  await lago?.dispose();
});

const idsOf = async (project: string) =>
  [...(await containersOf(project))].map(([service, { Id }]) => [service, Id]).sort();

/** What a preview refuses, with nothing touched. */
async function refused(): Promise<string> {
  const before = [await idsOf(lago.project), await volumesOf(lago.project)];
  const preview = await lago.preview();
  expect(preview.exitCode).not.toBe(0);
  expect([await idsOf(lago.project), await volumesOf(lago.project)]).toEqual(before);
  return wordsOf(preview);
}

describe("a protected deployment, beside an unrelated container of the same name", () => {
  it("starts all the same", async () => {
    await lago.mustUp();
    await sql(lago.project, "CREATE TABLE zbl_test AS SELECT 'kept' AS word");
    expect((await containersOf(lago.project)).get("db")?.Name).toBe(`/${lago.project}-db-1`);
  });

  it("cannot be destroyed, and says what stands against it", async () => {
    const before = await idsOf(lago.project);
    const destroy = await lago.destroy();
    expect(destroy.exitCode).not.toBe(0);
    expect(wordsOf(destroy)).toContain("cannot be deleted because it is protected");
    expect(await idsOf(lago.project)).toEqual(before);
    must(await lago.pulumi(["stack", "output", "keys", "--json", "--show-secrets"]));
  });
});

describe("a preview of compose files that would lose sight of data", () => {
  const CHANGES: Readonly<Record<string, string>> = {
    "lago_redis_data:": "lago_redis_store:",
    "lago_postgres_data:/data/postgres": "lago_postgres_data:/var/lib/postgresql/data",
    "lago_storage_data:\n": "lago_storage_data: { driver_opts: { type: tmpfs, device: tmpfs } }\n",
  };

  it("refuses a volume that is renamed, one that moves and one that is defined anew, at once", async () => {
    let changed = original;
    for (const [from, to] of Object.entries(CHANGES)) {
      expect(changed).toContain(from);
      changed = changed.replaceAll(from, to);
    }
    await writeFile(file, changed);
    const said = await refused();
    await writeFile(file, original);
    for (const word of [
      "VolumeChanged: volumes.lago_redis_data: the volume PROJECT_lago_redis_data may hold data",
      "service redis has it at /data and would have the volume PROJECT_lago_redis_store there",
      "allowVolumeChange lago_redis_data",
      "service db has it at /data/postgres and would have it at /var/lib/postgresql/data",
      "VolumeChanged: volumes.lago_storage_data: the volume PROJECT_lago_storage_data is there with",
      'driver_opts.type none, and the compose files now say driver_opts.device "tmpfs"',
      "docker volume rm PROJECT_lago_storage_data",
    ]) {
      expect(said).toContain(word.replaceAll("PROJECT", lago.project));
    }
  });

  it("refuses a wish to remove volumes that does not name the project", async () => {
    await lago.set("removeVolumesOnDestroy", "true");
    expect(await refused()).toContain(`write the project's own name, ${lago.project}`);
    must(await lago.pulumi(["config", "rm", "removeVolumesOnDestroy"]));
  });
});

describe("a service that the files no longer have", () => {
  it("is named and left alone, also while the deployment is protected", async () => {
    const pdf = (await containersOf(lago.project)).get("pdf")?.Id;
    const withoutPdf = original.slice(0, original.indexOf("\n  pdf:"));
    await writeFile(file, withoutPdf);
    expect(wordsOf(await lago.mustUp())).toContain("left alone, not declared: pdf");
    const left = (await containersOf(lago.project)).get("pdf");
    expect([left?.Id, left?.State.Status]).toEqual([pdf, "running"]);
    await writeFile(file, original);
  });
});

describe("a project that gets another name", () => {
  it("is refused until the old one is stopped and named", async () => {
    await lago.set("projectName", renamed);
    const said = await refused();
    expect(said).toContain(`cannot change from "${lago.project}" to "${renamed}"`);
    expect(said).toContain(`zbl set ${lago.stack} allowProjectRename ${lago.project}`);
    await lago.set("allowProjectRename", lago.project);
    expect(await refused()).toContain(`"${lago.project}" still has containers`);
  });

  it("has its data when its volumes are copied as the preview says", async () => {
    must(await lago.cli(["down", "--project", lago.project]));
    must(await lago.pulumi(["config", "rm", "allowProjectRename"]));
    const commands = (await refused()).match(/docker volume create [^`]*/g) ?? [];
    expect(commands).toHaveLength(3);
    for (const command of commands) {
      // The words as a shell would take them; where no registry answers another image has to do.
      for (const part of command.replace(" alpine ", ` ${TOOLS} `).split(" && ")) {
        await docker(...part.split(" ").slice(1));
      }
    }
    await lago.set("allowProjectRename", lago.project);
    await lago.mustUp();
    expect(await sql(renamed, "SELECT word FROM zbl_test")).toBe("kept");
    expect(await volumesOf(lago.project)).toHaveLength(4);
    must(await lago.preview("--expect-no-changes"));
    const { stdout } = must(await lago.cli(["keys", "export", "--stack", lago.stack]));
    expect(JSON.parse(stdout).projectName).toBe(renamed);
  });

  it("is destroyed with its volumes when they are wished away by name, and nobody else's", async () => {
    await lago.set("removeVolumesOnDestroy", renamed);
    await lago.set("protect", "false");
    await lago.mustUp();
    must(await lago.destroy());
    expect(await containersOf(renamed)).toEqual(new Map());
    expect(await volumesOf(renamed)).toEqual([]);
    expect(await volumesOf(lago.project)).toHaveLength(4);
  });
});

it("has never touched the unrelated container", async () => {
  const format = "{{.State.Status}} {{.RestartCount}}";
  expect(await docker("container", "inspect", "--format", format, foreign)).toBe("running 0");
});
