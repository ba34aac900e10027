import type { StandInRole } from "./catalogue.ts";

/** Configuration of an image beside its files. */
export interface RoleSettings {
  /** Instructions of a Dockerfile that `docker commit --change` supports. */
  readonly instructions: readonly string[];
  /** Signal that `docker stop` sends. Defaults to SIGTERM. */
  readonly stopSignal?: string;
  /**
   * Programs that only this role needs and that are therefore not in the base image. Defaults to
   * none.
   */
  readonly programs?: DebianPrograms;
}

/** Programs in Debian packages that need only themselves and the C library. */
export interface DebianPrograms {
  readonly packages: readonly string[];
  /** Paths of the programs in the packages; in the image they are in `/usr/local/bin`. */
  readonly paths: readonly string[];
}

/** Settings of each role, modeled on the original image. */
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
    // After SIGTERM PostgreSQL would wait for every client to leave.
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
    // The official image is based on Alpine, which includes busybox.
    programs: { packages: ["caddy", "busybox"], paths: ["./usr/bin/caddy", "./bin/busybox"] },
  },
};

/** First process of every stand-in: reaps orphans and forwards signals. */
export const ENTRYPOINT = 'ENTRYPOINT ["/usr/bin/tini", "--", "/opt/stand-in/enter"]';

/** Debian release of the base system: the release with PostgreSQL 15 and Redis 7. */
export const BASE_SUITE = "bookworm";

/** Settings that every stand-in inherits from the base image. */
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

/** Files that no stand-in uses. The compiler for PostgreSQL's JIT alone would be half the image. */
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

/**
 * Runs in the new system's folder, given as `$1`, before packages are configured: creates no
 * database.
 */
const NO_DATABASE_YET =
  'mkdir -p "$1/etc/postgresql-common" && ' +
  'echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"';

/** Runs at the end: only the setup of packages needs Perl. */
const REMOVE_LEFTOVERS =
  'rm -rf "$1"/usr/share/perl "$1"/usr/share/perl5 "$1"/usr/lib/*-linux-gnu*/perl ' +
  '"$1"/usr/lib/*-linux-gnu*/libperl.so* "$1"/var/cache/debconf';

/** Arguments of `mmdebstrap` for the base system, except for the output file. */
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
