/** The compose file that every subject deploys. A case changes it as a person would in an editor. */
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { ROOT } from "../folders.ts";

/** A service, as far as cases change it. */
export interface ComposeService {
  image?: string;
  command?: string | string[];
  restart?: string;
  environment?: Record<string, string>;
  healthcheck?: Record<string, unknown>;
  ports?: string[];
  volumes?: string[];
  [key: string]: unknown;
}

/** A compose file's content. */
export interface ComposeDocument {
  services: Record<string, ComposeService>;
  volumes?: Record<string, unknown>;
  [key: string]: unknown;
}

/** A variable of no meaning to a deployment's fate, for changes that are only to be noticed. */
export const HARMLESS_VARIABLE = "LAGO_DISABLE_SIGNUP";

/** The api's mail password, for a secret that is in nothing else. */
const MAIL_PASSWORD = "LAGO_SMTP_PASSWORD";

const BUNDLED = join(ROOT, "src/bundled/docker-compose.yml");

/** A compose file in a folder. */
export class ComposeFile {
  readonly path: string;
  readonly #base: string;
  document: ComposeDocument;

  constructor(folder: string, document: ComposeDocument) {
    this.path = join(folder, "docker-compose.yml");
    this.document = document;
    this.#base = JSON.stringify(document);
  }

  /** Changes the file and writes it. */
  async edit(change: (document: ComposeDocument) => void): Promise<void> {
    change(this.document);
    await this.write();
  }

  /** Writes the file as it was at the start. */
  async restore(): Promise<void> {
    this.document = JSON.parse(this.#base) as ComposeDocument;
    await this.write();
  }

  async write(): Promise<void> {
    // Without anchors and line folding: some services are the same object after merging.
    const plain = JSON.parse(JSON.stringify(this.document)) as ComposeDocument;
    await writeFile(this.path, stringify(plain, { lineWidth: 0 }));
  }

  /** Names of the services that run once and end. */
  get oneShots(): string[] {
    return Object.entries(this.document.services)
      .filter(([, { restart }]) => restart === "no")
      .map(([name]) => name);
  }
}

/**
 * Lago as the bundled file deploys it, with ports that the environment sets, as in Lago's own file;
 * and with health checks every two seconds, so that those who wait for one wait no longer than it
 * takes.
 */
export function lagoDocument(): ComposeDocument {
  const document = parse(readFileSync(BUNDLED, "utf8"), { merge: true }) as ComposeDocument;
  // What begins with `x-` only helped to write the file.
  const file = JSON.parse(
    JSON.stringify({ services: document.services, volumes: document.volumes }),
  ) as ComposeDocument;
  for (const [name, variable, port] of [
    ["api", "API_PORT", "3000"],
    ["front", "FRONT_PORT", "80"],
  ] as const) {
    const service = file.services[name];
    if (service !== undefined) {
      service.ports = [`127.0.0.1:\${${variable}:-${port}}:${port}`];
    }
  }
  for (const service of Object.values(file.services)) {
    if (service.healthcheck !== undefined) {
      service.healthcheck.interval = "2s";
    }
  }
  Object.assign(file.services.api?.environment ?? {}, {
    [MAIL_PASSWORD]: `\${${MAIL_PASSWORD}:-}`,
  });
  return file;
}

/** A database, a migration and an api: as much as a scripted docker needs to speak of. */
export function smallDocument(): ComposeDocument {
  const { services } = lagoDocument();
  const { db = {}, migrate = {}, api = {} } = services;
  return {
    services: {
      db,
      migrate,
      api: { ...api, depends_on: { migrate: { condition: "service_completed_successfully" } } },
    },
    volumes: { lago_postgres_data: {}, lago_storage_data: {} },
  };
}
