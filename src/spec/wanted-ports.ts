/** Text in place of a port, for a port that is chosen once and then kept. */
export const AUTO = "auto";

/** Services whose ports can be given. */
export const PUBLISHED_SERVICES = ["api", "front"] as const;

/** An entry of {@link PUBLISHED_SERVICES}. */
export type PublishedService = (typeof PUBLISHED_SERVICES)[number];

/** Address and ports on which api and front should be published. */
export interface WantedPorts {
  /** Host port of the api, 1 to 65535, or `auto`. Defaults to 3000. */
  readonly api?: number | typeof AUTO | undefined;
  /** Host port of the front, 1 to 65535, or `auto`. Defaults to 80. */
  readonly front?: number | typeof AUTO | undefined;
  /** Host address to publish on. Defaults to 127.0.0.1, this host only. */
  readonly address?: string | undefined;
}

/** Whether any port is left to be chosen. */
export function wantsAuto(ports: WantedPorts = {}): boolean {
  return PUBLISHED_SERVICES.some((service) => ports[service] === AUTO);
}
