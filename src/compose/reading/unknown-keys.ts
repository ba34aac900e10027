import { fieldsOf, isFields } from "../../text/coerce.ts";

/** A key that no release of compose knows, so that compose refuses the whole project. */
export interface UnknownKey {
  /** Place of the key, such as `services.api.exclude_from_hc`. */
  readonly place: string;
  /** Keys that may stand there. */
  readonly known: readonly string[];
}

/** Keys of an object, and what their values are made of. `*` stands for names of the user's own. */
interface Shape {
  readonly keys: readonly string[];
  readonly inside: Readonly<Record<string, Shape>>;
}

const shape = (keys: string, inside: Record<string, Shape> = {}): Shape => ({
  keys: keys.split(/\s+/),
  inside,
});
const named = (one: Shape): Shape => ({ keys: [], inside: { "*": one } });

const UPDATE = shape("parallelism delay failure_action monitor max_failure_ratio order");
const MOUNTED_FILE = shape("source target uid gid mode");
const LIMITS = named(shape("hard soft"));
const EXTERNAL = { external: shape("name") };

const DEPLOY = shape(
  "mode endpoint_mode replicas labels rollback_config update_config resources restart_policy placement",
  {
    rollback_config: UPDATE,
    update_config: UPDATE,
    resources: shape("limits reservations", {
      limits: shape("cpus memory pids"),
      reservations: shape("cpus memory generic_resources devices"),
    }),
    restart_policy: shape("condition delay max_attempts window"),
    placement: shape("constraints preferences max_replicas_per_node"),
  },
);

const BUILD = shape(
  `context dockerfile dockerfile_inline entitlements args ssh labels cache_from cache_to no_cache
  no_cache_filter additional_contexts network provenance sbom pull target shm_size extra_hosts
  isolation privileged secrets tags ulimits platforms`,
  { secrets: MOUNTED_FILE, ulimits: LIMITS },
);

const SERVICE = shape(
  `annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs
  container_name cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares
  cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules devices dns dns_opt
  dns_search domainname entrypoint env_file environment expose extends external_links extra_hosts
  gpus group_add healthcheck hostname image init ipc isolation label_file labels links logging
  mac_address mem_limit mem_reservation mem_swappiness memswap_limit models network_mode networks
  oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_start pre_stop
  privileged profiles provider pull_policy pull_refresh_after read_only restart runtime scale secrets
  security_opt shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits
  use_api_socket user userns_mode uts volumes volumes_from working_dir`,
  {
    build: BUILD,
    configs: MOUNTED_FILE,
    credential_spec: shape("config file registry"),
    depends_on: named(shape("restart required condition")),
    deploy: DEPLOY,
    env_file: shape("path format required"),
    healthcheck: shape("disable interval retries test timeout start_period start_interval"),
    logging: shape("driver options"),
    networks: named(
      shape(
        `aliases interface_name ipv4_address ipv6_address link_local_ips mac_address driver_opts
        priority gw_priority`,
      ),
    ),
    ports: shape("name mode host_ip target published protocol app_protocol"),
    secrets: MOUNTED_FILE,
    ulimits: LIMITS,
    volumes: shape("type source target read_only consistency bind volume tmpfs image", {
      bind: shape("propagation create_host_path recursive selinux"),
      volume: shape("labels nocopy subpath"),
      tmpfs: shape("size mode"),
      image: shape("subpath"),
    }),
  },
);

/** Keys of all releases up to compose 5.6: what one of them knows is no mistake of the file. */
const PROJECT = shape("version name include services models networks volumes secrets configs", {
  services: named(SERVICE),
  networks: named(
    shape(
      "name driver driver_opts ipam external internal enable_ipv4 enable_ipv6 attachable labels",
      {
        ...EXTERNAL,
        ipam: shape("driver config options", {
          config: shape("subnet ip_range gateway aux_addresses"),
        }),
      },
    ),
  ),
  volumes: named(shape("name driver driver_opts external labels", EXTERNAL)),
  secrets: named(
    shape("name environment file external labels driver driver_opts template_driver", EXTERNAL),
  ),
  configs: named(shape("name content environment file external labels template_driver", EXTERNAL)),
});

/** Finds the keys of a project that compose refuses. Keys that begin with `x-` are the user's own. */
export function unknownKeys(project: unknown): UnknownKey[] {
  return unknownIn(project, PROJECT, []);
}

function unknownIn(value: unknown, { keys, inside }: Shape, path: readonly string[]): UnknownKey[] {
  if (Array.isArray(value)) {
    return value.flatMap((one) => unknownIn(one, { keys, inside }, path));
  }
  if (!isFields(value)) {
    return [];
  }
  const of = inside["*"];
  return Object.entries(fieldsOf(value)).flatMap(([key, one]) => {
    const at = [...path, key];
    if (of !== undefined) {
      return key.startsWith("x-") && path.length === 1 ? [] : unknownIn(one, of, at);
    }
    if (!keys.includes(key)) {
      return key.startsWith("x-") ? [] : [{ place: at.join("."), known: keys }];
    }
    const next = Object.hasOwn(inside, key) ? inside[key] : undefined;
    return next === undefined ? [] : unknownIn(one, next, at);
  });
}
