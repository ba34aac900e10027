/** The commands of docs/production.md: a backup of one deployment, restored into another. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stackConfigText } from "../../../testing/checkout.ts";
import {
  containerId,
  containersOf,
  docker,
  environmentOf,
  removeProject,
  requireDocker,
  sql,
  testName,
  volumesOf,
} from "../../../testing/docker.ts";
import { freePort } from "../../../testing/ports.ts";
import { must } from "../../../testing/stack.ts";
import { eventually, livesOf } from "../../../testing/standing.ts";
import { blocksRunBy, inPlaceOf, runBlock } from "../support/documented/blocks.ts";
import { type Clone, makeClone } from "../support/documented/clone.ts";

const TEST = "test/e2e/long/backup.test.ts";
const FILES = ["lago.dump", "storage.tar", "keys.json"];
/** Every byte there is, line ends and what no encoding knows among them. */
const EVERY_BYTE = Buffer.from(Array.from({ length: 256 * 64 }, (_, index) => index % 256));
const PLACE = "/app/storage/ab/cd/invoice.pdf";

/** The stack `prod` of a clone with a home of its own, as on a machine of its own. */
interface Machine {
  readonly clone: Clone;
  readonly project: string;
  readonly api: number;
  readonly front: number;
}

let blocks: Readonly<
  Record<"backup" | "newStack" | "restore" | "rehearsal" | "removal" | "monitoring", string>
>;
let old: Machine;
let fresh: Machine;

const made: Machine[] = [];

beforeAll(async () => {
  const all = blocksRunBy(TEST, "docs/production.md");
  const [backup = "", newStack = "", restore = "", rehearsal = "", removal = "", ...others] = all;
  const [monitoring = "", ...more] = others;
  expect(more).toEqual([]);
  blocks = { backup, newStack, restore, rehearsal, removal, monitoring };
  await requireDocker();
  old = await machine();
  must(await shell(old, "npm run pulumi -- stack init prod && ./zbl up prod --yes"));
});

afterAll(async () => {
  for (const { clone, project } of made) {
    await removeProject(project);
    await clone.dispose();
  }
});

/** One with the config of the stack, as it comes from the repository, and without the stack. */
async function machine(): Promise<Machine> {
  const one = {
    clone: await makeClone(),
    project: testName(),
    api: await freePort(),
    front: await freePort(),
  };
  made.push(one);
  const config = { projectName: one.project, ports: { api: one.api, front: one.front } };
  const file = join(one.clone.folder, "Pulumi.prod.yaml");
  await writeFile(file, stackConfigText("z-billing-lago", config));
  return one;
}

const shell = ({ clone }: Machine, commands: string) => runBlock(commands, clone.folder, clone.env);
const keysFromContainers = async (stack: Machine) => {
  const inside = await environmentOf(stack.project, "api");
  return Object.fromEntries(
    Object.entries(inside).filter(([name]) =>
      /^(SECRET_KEY_BASE|LAGO_RSA_PRIVATE_KEY|LAGO_ENCRYPTION_\w+)$/.test(name),
    ),
  );
};

describe("the documented backup", () => {
  it("writes the database, the files and the keys, for their owner alone", async () => {
    await sql(
      old.project,
      "CREATE SCHEMA partman; CREATE EXTENSION pg_partman SCHEMA partman;" +
        "CREATE TABLE zbl_test_invoices (id bigserial PRIMARY KEY, number text, pdf bytea);" +
        "INSERT INTO zbl_test_invoices (number, pdf) SELECT 'LAGO-' || n, decode(md5(n::text), 'hex') FROM generate_series(1, 5000) n",
    );
    const local = join(old.clone.around, "invoice.pdf");
    await docker(
      "exec",
      await containerId(old.project, "api"),
      "mkdir",
      "-p",
      "/app/storage/ab/cd",
    );
    await writeFile(local, EVERY_BYTE);
    await docker("cp", local, `${await containerId(old.project, "api")}:${PLACE}`);

    must(await shell(old, blocks.backup));

    for (const name of FILES) {
      const { mode, size } = await stat(join(old.clone.folder, name));
      expect([name, mode & 0o777]).toEqual([name, 0o600]);
      expect(size).toBeGreaterThan(0);
    }
    const dump = await readFile(join(old.clone.folder, "lago.dump"));
    expect(dump.subarray(0, 5).toString()).toBe("PGDMP");
    const tar = await readFile(join(old.clone.folder, "storage.tar"));
    expect(tar.includes(EVERY_BYTE)).toBe(true);
  });

  it("ends with an error where something is not whole", async () => {
    const broken = blocks.backup.replace("lago > lago.dump", "no_such_database > broken.dump");
    const result = await shell(old, broken);
    expect(result.exitCode).not.toBe(0);
    expect(result.stderr).toContain('database "no_such_database" does not exist');
  });
});

describe("the documented restore", () => {
  beforeAll(async () => {
    fresh = await machine();
    for (const name of FILES) {
      await cp(join(old.clone.folder, name), join(fresh.clone.folder, name));
    }
  });

  it("makes a deployment without data, with the keys of the old one", async () => {
    must(await shell(fresh, blocks.newStack));
    expect(await keysFromContainers(fresh)).toEqual(await keysFromContainers(old));
    expect(Object.keys(await keysFromContainers(fresh))).toHaveLength(5);
    expect(await sql(fresh.project, "SELECT to_regclass('zbl_test_invoices') IS NULL")).toBe("t");
  });

  it("is refused by the database while Lago works on it, and loses nothing", async () => {
    const busy = (await containerId(fresh.project, "db")).slice(0, 12);
    const session = docker(
      "exec",
      busy,
      "psql",
      "-U",
      "lago",
      "-d",
      "lago",
      "-Atc",
      "SELECT pg_sleep(600)",
    );
    const ended = session.catch((error: Error) => error.message);
    await eventually(
      () =>
        sql(
          fresh.project,
          "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'",
        ),
      (count) => count === "1",
    );
    await sql(fresh.project, "CREATE TABLE zbl_test_kept AS SELECT 1 AS one");
    const result = await shell(fresh, blocks.restore);
    await sql(
      fresh.project,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'",
    );
    await ended;
    expect(result.exitCode).not.toBe(0);
    expect(result.stderr).toContain("is being accessed by other users");
    expect(await sql(fresh.project, "SELECT one FROM zbl_test_kept")).toBe("1");
  });

  it("brings rows, sequences, the extension and the files", async () => {
    must(await shell(fresh, blocks.restore));

    const digest =
      "SELECT count(*), md5(string_agg(number || pdf::text, ',' ORDER BY id)) FROM zbl_test_invoices";
    expect(await sql(fresh.project, digest)).toBe(await sql(old.project, digest));
    expect(await sql(fresh.project, digest)).toMatch(/^5000\|/);
    expect(await sql(fresh.project, "SELECT nextval('zbl_test_invoices_id_seq')")).toBe("5001");
    expect(await sql(fresh.project, "SELECT to_regclass('zbl_test_kept') IS NULL")).toBe("t");
    const extensions = "SELECT extname, extversion FROM pg_extension ORDER BY 1";
    expect(await sql(fresh.project, extensions)).toBe(await sql(old.project, extensions));
    expect(await sql(fresh.project, extensions)).toContain("pg_partman");
    const migrations = "SELECT string_agg(version, ',' ORDER BY version) FROM schema_migrations";
    expect(await sql(fresh.project, migrations)).toBe(await sql(old.project, migrations));
    const printed = await docker(
      "exec",
      await containerId(fresh.project, "api"),
      "sha256sum",
      PLACE,
    );
    expect(printed.split(" ")[0]).toBe(createHash("sha256").update(EVERY_BYTE).digest("hex"));
    const owner = ["stat", "--format=%U:%G %a", PLACE];
    expect(await docker("exec", await containerId(fresh.project, "api"), ...owner)).toBe(
      await docker("exec", await containerId(old.project, "api"), ...owner),
    );
  });

  it("leaves a deployment that is as declared, and data that knows its keys", async () => {
    must(await shell(fresh, "npm run pulumi -- preview --stack prod --expect-no-changes"));
    const keys = "./zbl keys import prod";
    const fitting = must(await shell(fresh, `${keys} --input keys.json`));
    expect(fitting.stderr).toContain("The keys fit the data");
    const text = await readFile(join(fresh.clone.folder, "keys.json"), "utf8");
    const other = text.replace(/("encryptionPrimaryKey": ?")[^"]{4}/, "$1zzzz");
    expect(other).not.toBe(text);
    await writeFile(join(fresh.clone.folder, "other.json"), other, { mode: 0o600 });
    expect((await shell(fresh, `${keys} --input other.json`)).exitCode).toBe(42);
  });
});

describe("the documented rehearsal", () => {
  const project = testName();
  const inRehearsal = (block: string) =>
    shell(old, inPlaceOf(block, { "lago-rehearsal": project }));

  afterAll(() => removeProject(project));

  it("restores beside the deployment, which stays as it is", async () => {
    const before = await livesOf(old.project);
    const { stdout } = must(await inRehearsal(blocks.rehearsal));
    expect(stdout).toMatch(/count \| +max/);
    expect(await sql(project, "SELECT count(*) FROM zbl_test_invoices")).toBe("5000");
    expect(await livesOf(old.project)).toEqual(before);
  });

  it("leaves nothing behind", async () => {
    must(await inRehearsal(blocks.removal));
    expect(await containersOf(project)).toEqual(new Map());
    expect(await volumesOf(project)).toEqual([]);
    expect(existsSync(join(old.clone.folder, "Pulumi.rehearsal.yaml"))).toBe(false);
  });
});

describe("the documented monitoring", () => {
  const look = (block = blocks.monitoring) =>
    shell(
      fresh,
      inPlaceOf(block, {
        "127.0.0.1:3200": `127.0.0.1:${fresh.api}`,
        "127.0.0.1:8280": `127.0.0.1:${fresh.front}`,
      }),
    );
  const lastLine = () => blocks.monitoring.trimEnd().split("\n").at(-1) ?? "";

  it("finds nothing where all is well", async () => {
    const { stdout } = must(await look());
    const [line = ""] = stdout.split("\n");
    const { containers } = JSON.parse(line);
    expect(containers).toContainEqual(
      expect.objectContaining({ service: "api-worker", state: "running", health: "healthy" }),
    );
  });

  it("tells of a service that was stopped, by exit code 3", async () => {
    await docker("stop", await containerId(fresh.project, "pdf"));
    const drift = await shell(fresh, lastLine());
    expect(drift.exitCode).toBe(3);
    expect(drift.stdout).toContain("pdf");
  });

  it("fails at the api where its database is away", async () => {
    await docker("stop", await containerId(fresh.project, "db"));
    const result = await look();
    expect(result.exitCode).toBe(22);
    expect(result.stderr).toContain("500");
  });
});
