/** The commands of docs/production.md: a backup of one deployment, restored into another. */
import { createHash } from "node:crypto";
import { cp, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containersOf, docker, environmentInside } from "./support/docker.ts";
import { blocksRunBy, inPlaceOf } from "./support/documented.ts";
import { createTestStack, must, type TestStack } from "./support/environment.ts";
import { runDocumented } from "./support/npm-commands.ts";
import { eventually } from "./support/watch.ts";

const TEST = "test/e2e/backup.test.ts";
const FILES = ["lago.dump", "storage.tar", "keys.json"];
/** Every byte there is, line ends and what no encoding knows among them. */
const EVERY_BYTE = Buffer.from(Array.from({ length: 256 * 64 }, (_, index) => index % 256));
const PLACE = "/app/storage/ab/cd/invoice.pdf";

let blocks: { backup: string; newStack: string; restore: string; monitoring: string };
let old: TestStack;
let fresh: TestStack;

beforeAll(async () => {
  const [backup = "", newStack = "", restore = "", monitoring = "", ...more] = await blocksRunBy(
    TEST,
    "docs/production.md",
  );
  expect(more).toEqual([]);
  blocks = { backup, newStack, restore, monitoring };
  old = await createTestStack();
  await old.mustUp();
});

afterAll(async () => {
  await fresh?.dispose();
  await old?.dispose();
});

const idOf = async ({ project }: TestStack, service: string) =>
  (await containersOf(project)).get(service)?.Id ?? "";
const sql = async (stack: TestStack, statement: string) =>
  docker("exec", await idOf(stack, "db"), "psql", "-U", "lago", "-d", "lago", "-Atc", statement);
const shell = ({ workspace, checkout }: TestStack, commands: string) =>
  runDocumented(workspace, checkout, commands);
const documented = (stack: TestStack, block: string, names: Record<string, string>) =>
  shell(stack, inPlaceOf(block, names));
const named = ({ stack, project }: TestStack) => ({
  "--project lago-prod": `--project ${project}`,
  "--stack prod": `--stack ${stack}`,
});
const restored = (stack: TestStack) =>
  documented(stack, blocks.restore, {
    ...named(stack),
    "--project-name lago-prod": `--project-name ${stack.project}`,
  });
const keysInside = async (stack: TestStack) => {
  const inside = await environmentInside(await idOf(stack, "api"));
  return Object.fromEntries(
    Object.entries(inside).filter(([name]) =>
      /^(SECRET_KEY_BASE|LAGO_RSA_PRIVATE_KEY|LAGO_ENCRYPTION_\w+)$/.test(name),
    ),
  );
};

describe("the documented backup", () => {
  it("writes the database, the files and the keys, for their owner alone", async () => {
    await sql(
      old,
      "CREATE SCHEMA partman; CREATE EXTENSION pg_partman SCHEMA partman;" +
        "CREATE TABLE zbl_test_invoices (id bigserial PRIMARY KEY, number text, pdf bytea);" +
        "INSERT INTO zbl_test_invoices (number, pdf) SELECT 'LAGO-' || n, decode(md5(n::text), 'hex') FROM generate_series(1, 5000) n",
    );
    const local = join(old.workspace.folder, "invoice.pdf");
    await docker("exec", await idOf(old, "api"), "mkdir", "-p", "/app/storage/ab/cd");
    await writeFile(local, EVERY_BYTE);
    await docker("cp", local, `${await idOf(old, "api")}:${PLACE}`);

    must(await documented(old, blocks.backup, named(old)));

    for (const name of FILES) {
      const { mode, size } = await stat(join(old.checkout, name));
      expect([name, mode & 0o777]).toEqual([name, 0o600]);
      expect(size).toBeGreaterThan(0);
    }
    const dump = await readFile(join(old.checkout, "lago.dump"));
    expect(dump.subarray(0, 5).toString()).toBe("PGDMP");
    const tar = await readFile(join(old.checkout, "storage.tar"));
    expect(tar.includes(EVERY_BYTE)).toBe(true);
  });

  it("ends with an error where something is not whole", async () => {
    const broken = blocks.backup.replace("lago > lago.dump", "no_such_database > broken.dump");
    const result = await documented(old, broken, named(old));
    expect(result.exitCode).not.toBe(0);
    expect(result.stderr).toContain('database "no_such_database" does not exist');
  });
});

describe("the documented restore", () => {
  beforeAll(async () => {
    fresh = await createTestStack();
    for (const name of FILES) {
      await cp(join(old.checkout, name), join(fresh.checkout, name));
    }
    // As on a new machine: the config is there, from the repository, and the stack is not.
    must(await fresh.pulumi(["stack", "rm", "--yes", "--preserve-config"]));
  });

  it("makes a deployment without data, with the keys of the old one", async () => {
    const names = { ...named(fresh), "init prod": `init ${fresh.stack}` };
    const { "--project lago-prod": _, ...rest } = names;
    must(await documented(fresh, blocks.newStack, rest));
    expect(await keysInside(fresh)).toEqual(await keysInside(old));
    expect(Object.keys(await keysInside(fresh))).toHaveLength(5);
    expect(await sql(fresh, "SELECT to_regclass('zbl_test_invoices') IS NULL")).toBe("t");
  });

  it("is refused by the database while Lago works on it, and loses nothing", async () => {
    const busy = (await idOf(fresh, "db")).slice(0, 12);
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
      () => sql(fresh, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"),
      (count) => count === "1",
    );
    await sql(fresh, "CREATE TABLE zbl_test_kept AS SELECT 1 AS one");
    const result = await restored(fresh);
    await sql(
      fresh,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'",
    );
    await ended;
    expect(result.exitCode).not.toBe(0);
    expect(result.stderr).toContain("is being accessed by other users");
    expect(await sql(fresh, "SELECT one FROM zbl_test_kept")).toBe("1");
  });

  it("brings rows, sequences, the extension and the files", async () => {
    must(await restored(fresh));

    const digest =
      "SELECT count(*), md5(string_agg(number || pdf::text, ',' ORDER BY id)) FROM zbl_test_invoices";
    expect(await sql(fresh, digest)).toBe(await sql(old, digest));
    expect(await sql(fresh, digest)).toMatch(/^5000\|/);
    expect(await sql(fresh, "SELECT nextval('zbl_test_invoices_id_seq')")).toBe("5001");
    expect(await sql(fresh, "SELECT to_regclass('zbl_test_kept') IS NULL")).toBe("t");
    const extensions = "SELECT extname, extversion FROM pg_extension ORDER BY 1";
    expect(await sql(fresh, extensions)).toBe(await sql(old, extensions));
    expect(await sql(fresh, extensions)).toContain("pg_partman");
    const migrations = "SELECT string_agg(version, ',' ORDER BY version) FROM schema_migrations";
    expect(await sql(fresh, migrations)).toBe(await sql(old, migrations));
    const printed = await docker("exec", await idOf(fresh, "api"), "sha256sum", PLACE);
    expect(printed.split(" ")[0]).toBe(createHash("sha256").update(EVERY_BYTE).digest("hex"));
    const owner = ["stat", "--format=%U:%G %a", PLACE];
    expect(await docker("exec", await idOf(fresh, "api"), ...owner)).toBe(
      await docker("exec", await idOf(old, "api"), ...owner),
    );
  });

  it("leaves a deployment that is as declared, and data that knows its keys", async () => {
    must(await fresh.preview("--expect-no-changes"));
    const keys = `npm run cli -- keys import --stack ${fresh.stack} --project ${fresh.project}`;
    const fitting = must(await shell(fresh, `${keys} --input keys.json`));
    expect(fitting.stderr).toContain("The keys fit the data");
    const text = await readFile(join(fresh.checkout, "keys.json"), "utf8");
    const other = text.replace(/("encryptionPrimaryKey": ?")[^"]{4}/, "$1zzzz");
    expect(other).not.toBe(text);
    await writeFile(join(fresh.checkout, "other.json"), other, { mode: 0o600 });
    expect((await shell(fresh, `${keys} --input other.json`)).exitCode).toBe(42);
  });
});

describe("the documented monitoring", () => {
  const look = (block = blocks.monitoring) =>
    documented(fresh, block, {
      ...named(fresh),
      "127.0.0.1:3200": `127.0.0.1:${fresh.apiPort}`,
      "127.0.0.1:8280": `127.0.0.1:${fresh.frontPort}`,
    });
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
    await docker("stop", await idOf(fresh, "pdf"));
    const names = { "--stack prod": `--stack ${fresh.stack}` };
    const drift = await shell(fresh, inPlaceOf(lastLine(), names));
    expect(drift.exitCode).toBe(3);
    expect(drift.stdout).toContain("pdf");
  });

  it("fails at the api where its database is away", async () => {
    await docker("stop", await idOf(fresh, "db"));
    const result = await look();
    expect(result.exitCode).toBe(22);
    expect(result.stderr).toContain("500");
  });
});
