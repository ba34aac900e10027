import { describe, expect, it } from "vitest";
import {
  postgresDataFolders,
  postgresMajorInTag,
  postgresMajorOf,
} from "../../../src/compose/postgres.ts";

describe("the major release of PostgreSQL in an image", () => {
  it.each([
    ["postgres:15-alpine", "15"],
    ["postgres:15.4", "15"],
    ["postgres:v15", "15"],
    ["postgres:9.6.24", "9.6"],
    ["getlago/postgres-partman:15.0-alpine", "15"],
    ["registry.example.com:5000/postgres:16@sha256:ab", "16"],
    ["pgvector/pgvector:pg16", "16"],
    ["pgvector/pgvector:0.8.0-pg17", "17"],
    ["timescale/timescaledb:latest-pg15", "15"],
    ["timescale/timescaledb:2.14.2-pg16", "16"],
    ["postgis/postgis:16-3.4-alpine", "16"],
    ["bitnami/postgresql:17.2.0", "17"],
  ])("%s is %s", (image, major) => {
    expect(postgresMajorInTag(image)).toBe(major);
  });

  it.each([
    "postgres",
    "postgres:latest",
    "postgres@sha256:16",
    "registry.example.com:5000/postgres",
    "timescale/timescaledb:2.14.2",
    "acme/lago-db:15",
    "acme/my-postgres:1.2",
  ])("is not told by %s", (image) => {
    expect(postgresMajorInTag(image)).toBeUndefined();
  });

  it("is told by the variable of the image before its tag", () => {
    expect(postgresMajorOf("acme/db:2", { PG_MAJOR: "17" })).toBe("17");
    expect(postgresMajorOf("postgres:15", { PG_MAJOR: "16" })).toBe("16");
    expect(postgresMajorOf("postgres:15")).toBe("15");
  });

  it("does not matter for an image that upgrades the data", () => {
    const image = "pgautoupgrade/pgautoupgrade:17-alpine";
    expect(postgresMajorOf(image, { PG_MAJOR: "17" })).toBeUndefined();
  });
});

describe("the folders of the data", () => {
  it("begin with the one that the service or its image names", () => {
    const folders = postgresDataFolders("/data/postgres", ["/data/postgres"]);
    expect(folders.slice(0, 2)).toEqual(["/data/postgres", "/data/postgres/data"]);
  });

  it("are those of the official images before and since release 18", () => {
    const at = (target: string) => postgresDataFolders(undefined, [target]);
    expect(at("/var/lib/postgresql/data")[0]).toBe("/var/lib/postgresql/data");
    expect(at("/var/lib/postgresql")).toEqual(
      expect.arrayContaining(["/var/lib/postgresql/data", "/var/lib/postgresql/18/docker"]),
    );
  });

  it("are inside of what is mounted", () => {
    expect(postgresDataFolders("/elsewhere", ["/bitnami/postgresql"])).toEqual([
      "/bitnami/postgresql",
      "/bitnami/postgresql/data",
      "/bitnami/postgresql/pgdata",
    ]);
    expect(postgresDataFolders("/elsewhere", [])).toEqual([]);
  });
});
