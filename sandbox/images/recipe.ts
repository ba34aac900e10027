import type { StandInRole } from "./catalogue.ts";

/** What an image says about itself, beside its files. */
export interface RoleSettings {
  /** Instructions of a Dockerfile that `docker commit --change` knows. */
  readonly instructions: readonly string[];
  /** Signal that `docker stop` sends. Defaults to SIGTERM. */
  readonly stopSignal?: string;
  /** Programs that no other role has, and that the base is spared therefore. Defaults to none. */
  readonly programs?: DebianPrograms;
}

/** Programs out of Debian packages, which need nothing of them but themselves and the C library. */
export interface DebianPrograms {
  readonly packages: readonly string[];
  /** Places of the programs in the packages; in the image they are in `/usr/local/bin`. */
  readonly paths: readonly string[];
}

/** Settings of each role, after those of the image that it stands in for. */
export const ROLE_SETTINGS: Readonly<Record<StandInRole, RoleSettings>> = {
  api: { instructions: ["WORKDIR /app", 'CMD ["./scripts/start.sh"]'] },
  front: { instructions: ["WORKDIR /", 'CMD ["nginx", "-g", "daemon off;"]', "EXPOSE 80"] },
  pdf: { instructions: ["USER 1001", "WORKDIR /", 'CMD ["gotenberg"]', "EXPOSE 3000"] },
  db: {
    instructions: [
      "ENV PATH=/usr/lib/postgresql/15/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
      "ENV PGDATA=/var/lib/postgresql/data",
      'CMD ["postgres"]',
      "EXPOSE 5432",
    ],
    // SIGTERM would wait for every client to leave.
    stopSignal: "SIGINT",
  },
  redis: {
    instructions: ["WORKDIR /data", "VOLUME /data", 'CMD ["redis-server"]', "EXPOSE 6379"],
  },
  proxy: {
    instructions: [
      "ENV XDG_CONFIG_HOME=/config",
      "ENV XDG_DATA_HOME=/data",
      "WORKDIR /srv",
      'CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]',
    ],
    // The official image is Alpine's, and has busybox from there.
    programs: { packages: ["caddy", "busybox"], paths: ["./usr/bin/caddy", "./bin/busybox"] },
  },
};

/** First process of every stand-in: reaps what is orphaned, and hands signals on. */
export const ENTRYPOINT = 'ENTRYPOINT ["/usr/bin/tini", "--", "/opt/stand-in/enter"]';

/** Debian release that the base system is made of: the one with PostgreSQL 15 and Redis 7. */
export const BASE_SUITE = "bookworm";

/** Settings that every stand-in has from its base. */
export const BASE_INSTRUCTIONS: readonly string[] = [
  "ENV LANG=C.UTF-8",
  "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
  'CMD ["/bin/bash"]',
];

/** Packages of the base system. */
const BASE_PACKAGES = [
  "postgresql-15",
  "postgresql-15-partman",
  "redis-server",
  "python3",
  "python3-psycopg2",
  "curl",
  "openssl",
  "tini",
];

/** Files that no stand-in uses. The compiler behind PostgreSQL's JIT alone would be half the image. */
const LEFT_OUT = [
  "/usr/share/doc/*",
  "/usr/share/locale/*",
  "/usr/share/man/*",
  "/usr/share/info/*",
  "/usr/share/i18n/*",
  "*/libLLVM-*",
  "*/libz3.so*",
  "/usr/lib/postgresql/*/lib/llvmjit*",
  "/usr/lib/postgresql/*/lib/bitcode/*",
];

/** Run in the new system's folder, given as `$1`, before packages are set up: no database yet. */
const NO_DATABASE_YET =
  'mkdir -p "$1/etc/postgresql-common" && ' +
  'echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"';

/** Run at the end: Perl served the set-up only. */
const REMOVE_LEFTOVERS =
  'rm -rf "$1"/usr/share/perl "$1"/usr/share/perl5 "$1"/usr/lib/*-linux-gnu*/perl ' +
  '"$1"/usr/lib/*-linux-gnu*/libperl.so* "$1"/var/cache/debconf';

/** Arguments of `mmdebstrap` for the base system, all but the file to write. */
export const BASE_ARGUMENTS: readonly string[] = [
  "--variant=essential",
  "--format=tar",
  `--include=${BASE_PACKAGES.join(",")}`,
  "--dpkgopt=force-unsafe-io",
  ...LEFT_OUT.map((pattern) => `--dpkgopt=path-exclude=${pattern}`),
  `--essential-hook=${NO_DATABASE_YET}`,
  `--customize-hook=${REMOVE_LEFTOVERS}`,
  BASE_SUITE,
];
