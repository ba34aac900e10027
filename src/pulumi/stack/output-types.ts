/** Address and ports on which a `LagoStack` is published. An unpublished service has no port. */
export interface LagoPortsOutput {
  /** Host port of the api. */
  api?: number | undefined;
  /** Host port of the front. */
  front?: number | undefined;
  /** Host address that both are published on. */
  address: string;
}

/** How to log in to the organization that a `LagoStack` has opened. */
export interface LagoLoginOutput {
  /** URL of the front. */
  url: string;
  /** E-mail address of the first user. */
  email: string;
  /** Password that the user was made with. Absent where a lost state alone knew it. */
  password?: string | undefined;
  /** API key that the organization was opened with. Absent where a lost state alone knew it. */
  apiKey?: string | undefined;
}

/** Places at which a reverse proxy on the engine finds a `LagoStack` with `behindProxy`. */
export interface LagoProxyOutput {
  /** Name of the network that the proxy has to join. Lago's start makes it. */
  network: string;
  /** Host and port of the api on that network. */
  api: string;
  /** Host and port of the front on that network. */
  front: string;
}

/**
 * One container of a service in the outputs of a `LagoStack`, or a service that is missing.
 */
export interface LagoServiceOutput {
  name: string;
  /** Number of the container among those of its service, from 1; 0 for a missing service. */
  index: number;
  /** `Running`, `Stopped`, `Completed`, `Created`, `Starting`, `Missing` or `Unknown`. */
  status: string;
  /** `healthy`, `unhealthy`, `starting`, or empty where the service has no health check. */
  health: string;
  /** Exit code of a container that ended; 0 while it runs. */
  exitCode: number;
  image: string;
  /** Id of the image that the container runs, `sha256:` and 64 digits. */
  imageId: string;
  /**
   * Digest of that image in its registry, `sha256:` and 64 digits; empty for an image from no
   * registry.
   */
  imageDigest: string;
  /** Whether the image is a stand-in for Lago's own. */
  standIn: boolean;
  /** Published ports, such as `127.0.0.1:3000->3000`. */
  ports: string[];
}
