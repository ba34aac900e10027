import { describe, expect, it } from "vitest";
import { issuesOf, mount, SERVICES, service, stopped, VOLUMES, volume } from "./sample.ts";

const { pg, rd } = VOLUMES;
const { redis } = SERVICES;

/** The database's volume under another key. */
const RENAMED = {
  services: { ...SERVICES, db: service(mount("pgdata", "/data")) },
  volumes: { rd, pgdata: { name: "lago-test_pgdata" } },
};
/** The database in a folder of the host. */
const BOUND = { services: { ...SERVICES, db: service(mount("/srv/pg", "/data", "bind")) } };

describe("nothing speaks against", () => {
  it("a first start, a second one, and one after everything was stopped", () => {
    expect(issuesOf({}, stopped([]))).toEqual([]);
    expect(issuesOf({})).toEqual([]);
    expect(issuesOf({}, stopped())).toEqual([]);
  });

  it("a further volume, and one that is missing beside the others", () => {
    const services = { ...SERVICES, api: service(mount("new", "/app")) };
    expect(issuesOf({ services, volumes: { ...VOLUMES, new: { name: "lago-test_new" } } })).toEqual(
      [],
    );
    expect(issuesOf({}, stopped([volume("pg")]))).toEqual([]);
  });

  it("the volume of the key fingerprints, which no service mounts", () => {
    const key = "z-billing-lago-keys";
    const fingerprints = volume(key, { holdsFingerprints: true });
    expect(issuesOf({}, stopped([volume("pg"), volume("rd"), fingerprints]))).toEqual([]);
  });

  it("a volume whose service is of a profile that is off, or left out", () => {
    const services = { redis, db: { ...SERVICES.db, profiles: ["own"] } };
    expect(issuesOf({ services })).toEqual([]);
    expect(issuesOf({ services: { redis, db: { ...SERVICES.db, scale: 0 } } })).toEqual([]);
  });

  it("a place that is spelled in another way", () => {
    for (const target of ["/data/", "//data", "/data/."]) {
      expect(issuesOf({ services: { redis, db: service(mount("pg", target)) } })).toEqual([]);
    }
  });

  it("a service whose mounts come from another one", () => {
    const db = { image: "x", volumes_from: ["redis"] };
    const services = { db, redis, other: service(mount("pg", "/backup")) };
    expect(issuesOf({ services })).toEqual([]);
  });
});

describe("a volume that falls out of use", () => {
  it("is found by the container that has it, and the empty one in its place is named", () => {
    const [only, ...more] = issuesOf(RENAMED);
    expect(more).toEqual([]);
    expect(only?.field).toBe("volumes.pg");
    expect(only?.message).toContain(
      "the volume lago-test_pg may hold data, and service db has it at /data and would have the volume lago-test_pgdata there instead",
    );
    expect(only?.message).toContain("made EMPTY would be lago-test_pgdata");
    expect(only?.message).toContain("`./zbl down --project lago-test`");
    expect(only?.message).toContain(
      "docker volume create --label com.docker.compose.project=lago-test --label com.docker.compose.volume=pgdata lago-test_pgdata",
    );
    expect(only?.message).toContain(
      "--volume lago-test_pg:/from:ro --volume lago-test_pgdata:/to alpine",
    );
    expect(only?.message).toContain("docker volume rm lago-test_pg`");
    expect(only?.message).toContain("./zbl set allowVolumeChange pg");
    expect(only?.message).toContain("--allow-volume-change pg");
  });

  it("is found without containers, since no service has it any more", () => {
    const [only, ...more] = issuesOf(RENAMED, stopped());
    expect(more).toEqual([]);
    expect(only?.message).toContain("no service would have it any more");
    expect(only?.message).toContain("made EMPTY would be lago-test_pgdata");
  });

  it.each<[string, Parameters<typeof issuesOf>[0], string]>([
    ["a folder of the host", BOUND, "would have /srv/pg there instead"],
    ["nothing", { services: { ...SERVICES, db: service() } }, "would have nothing there"],
    [
      "a volume without a name",
      { services: { ...SERVICES, db: service({ type: "volume", target: "/data" }) } },
      "would have a volume without a name there instead",
    ],
    [
      "another volume that is there",
      { services: { ...SERVICES, db: service(mount("rd", "/data")) } },
      "would have the volume lago-test_rd there instead",
    ],
    [
      "the same volume elsewhere",
      { services: { ...SERVICES, db: service(mount("pg", "/var/lib/postgresql/data")) } },
      "would have it at /var/lib/postgresql/data instead",
    ],
    [
      "one of another name",
      { volumes: { rd, pg: { name: "fixed" } } },
      "would have the volume fixed there instead; made EMPTY would be fixed",
    ],
    [
      "one that somebody else made",
      { volumes: { rd, pg: { name: "pg", external: true } } },
      "would have the volume pg there instead",
    ],
  ])("is found when its service gets %s", (_, files, said) => {
    const issues = issuesOf(files);
    expect(issues.map(({ field }) => field)).toEqual(["volumes.pg"]);
    expect(issues[0]?.message).toContain(said);
  });

  it("is found in one service although another one still has it", () => {
    const services = { ...SERVICES, db: service(), backup: service(mount("pg", "/data")) };
    expect(issuesOf({ services }).map(({ field }) => field)).toEqual(["volumes.pg"]);
    expect(issuesOf({ services })[0]?.message).not.toContain("docker volume rm");
    expect(issuesOf({ services }, stopped())).toEqual([]);
  });

  it("is found once for each service, however many containers it has", () => {
    const mounts = ["api", "api", "db"].map((name) => ({
      service: name,
      volume: "lago-test_pg",
      target: "/data",
    }));
    const engine = { ...stopped(), mounts, hasContainers: true };
    const services = { ...SERVICES, db: service(), api: service() };
    const [only] = issuesOf({ services }, engine);
    expect(only?.message.match(/service api/g)).toHaveLength(1);
    expect(only?.message).toContain(", and service db");
  });

  it("is found when it is somebody else's, as long as a container has it", () => {
    const mounts = [{ service: "db", volume: "shared", target: "/data" }];
    const engine = { ...stopped([volume("rd")]), mounts, hasContainers: true };
    const [only] = issuesOf({}, engine);
    expect(only?.field).toBe("volumes.shared");
    expect(only?.message).not.toContain("docker volume rm");
    expect(issuesOf({ volumes: { rd, pg: { name: "shared", external: true } } }, engine)).toEqual(
      [],
    );
  });

  it.each(["pg", "lago-test_pg"])("passes when it is named as %s", (name) => {
    expect(issuesOf(RENAMED, undefined, [name])).toEqual([]);
    expect(issuesOf(RENAMED, stopped(), [name])).toEqual([]);
    expect(issuesOf(RENAMED, undefined, ["rd"])).toHaveLength(1);
  });

  it("passes once it was removed after its data was copied", () => {
    expect(issuesOf(RENAMED, stopped([volume("rd"), volume("pgdata")]))).toEqual([]);
  });

  it("is not said to belong into a volume that takes another one's place", () => {
    const services = {
      db: service(mount("pg", "/elsewhere")),
      redis: service(mount("store", "/data")),
    };
    const volumes = { pg, store: { name: "lago-test_store" } };
    const [first, second] = issuesOf({ services, volumes });
    expect(first?.field).toBe("volumes.pg");
    expect(first?.message).not.toContain("lago-test_store");
    expect(first?.message).toContain("where services find their data all the same, allow it");
    expect(first?.message).not.toContain("docker volume rm");
    expect(second?.message).toContain("made EMPTY would be lago-test_store");
    expect(second?.message).toContain(
      "--volume lago-test_rd:/from:ro --volume lago-test_store:/to",
    );

    const [pgGone, rdGone] = issuesOf({ services: { db: services.redis }, volumes }, stopped());
    for (const issue of [pgGone, rdGone]) {
      expect(issue?.message).toContain("made EMPTY would be lago-test_store");
      expect(issue?.message).toContain("copy what is to be kept");
    }
  });

  it("is told together with all others", () => {
    const issues = issuesOf({ services: { api: service() } }, stopped());
    expect(issues.map(({ field }) => field)).toEqual(["volumes.pg", "volumes.rd"]);
  });
});

describe("variables in the files", () => {
  const services = { ...SERVICES, db: service(mount("${VOLUME:-pg}", "/data")) };
  const volumes = { rd, pg, pgdata: { name: "${NAME:-lago-test_pgdata}" } };

  it("are filled in", () => {
    expect(issuesOf({ services, volumes })).toEqual([]);
    const [only] = issuesOf({ services, volumes, environment: { VOLUME: "pgdata" } });
    expect(only?.message).toContain("would have the volume lago-test_pgdata there instead");
  });

  it("leave what only the real run knows to it", () => {
    const moved = { services, volumes: { rd, pgdata: volumes.pgdata } };
    expect(issuesOf({ ...moved, unknown: ["VOLUME"] })).toEqual([]);
    expect(issuesOf({ ...moved, environment: { VOLUME: "pgdata" }, unknown: ["NAME"] })).toEqual(
      [],
    );
    expect(issuesOf({ ...moved, environment: { VOLUME: "pgdata" } })).toHaveLength(1);
  });

  it("that compose has cut in two leave all unsaid", () => {
    const cut = { ...SERVICES, db: service(mount("${VOLUME", "-pg}")) };
    expect(issuesOf({ services: cut })).toEqual([]);
  });
});
