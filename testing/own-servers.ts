/** An external database and Redis, outside of any deployment, as users bring them. */
import { randomBytes } from "node:crypto";
import { ensureStandIns } from "../sandbox/images/build.ts";
import { docker, TEST_PREFIX } from "./docker.ts";
import { freePort } from "./ports.ts";
import { eventually } from "./standing.ts";

/** Running servers, and their addresses for containers of other projects. */
export interface OwnServers {
  readonly DATABASE_URL: string;
  readonly REDIS_URL: string;
  /** Runs a statement in the database and returns its output. */
  sql(statement: string): Promise<string>;
  remove(): Promise<void>;
}

const PASSWORD = "own";
const DATABASE_IMAGE = "postgres:15-alpine";
const REDIS_IMAGE = "redis:7-alpine";

/**
 * Starts both from stand-in images and waits until they answer, as external servers exist before a
 * deployment.
 */
export async function startOwnServers(): Promise<OwnServers> {
  const id = `${TEST_PREFIX}own-${randomBytes(4).toString("hex")}`;
  const [database, redis] = [`${id}-db`, `${id}-redis`];
  const gateway = await docker(
    ...["network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}"],
  );
  const started: string[] = [];
  const remove = async () => {
    await docker("container", "rm", "--force", "--volumes", ...started);
  };
  const start = async (name: string, port: number, image: string, env: readonly string[]) => {
    const address = `${gateway}:${await freePort()}`;
    const variables = env.flatMap((one) => ["--env", one]);
    started.push(name);
    const publish = ["--publish", `${address}:${port}`];
    await docker("run", "--detach", "--name", name, ...publish, ...variables, image);
    return address;
  };
  // By TCP: the temporary server of a first start does not listen there.
  const psql = ["psql", "--username", "lago", "--host", "localhost", "--tuples-only", "lago"];
  const sql = (statement: string) =>
    docker(
      ...["exec", "--env", `PGPASSWORD=${PASSWORD}`, database, ...psql, "--command", statement],
    );
  const user = ["POSTGRES_USER=lago", `POSTGRES_PASSWORD=${PASSWORD}`, "POSTGRES_DB=lago"];
  try {
    await ensureStandIns({ images: [DATABASE_IMAGE, REDIS_IMAGE], report: () => {} });
    const databaseAddress = await start(database, 5432, DATABASE_IMAGE, user);
    const redisAddress = await start(redis, 6379, REDIS_IMAGE, []);
    await eventually(
      () => sql("select 1"),
      (answer) => answer.trim() === "1",
    );
    await eventually(
      () => docker("exec", redis, "redis-cli", "ping"),
      (answer) => answer === "PONG",
    );
    return {
      DATABASE_URL: `postgresql://lago:${PASSWORD}@${databaseAddress}/lago`,
      REDIS_URL: `redis://${redisAddress}`,
      sql,
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
