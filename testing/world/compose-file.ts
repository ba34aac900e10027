/** The compose file that every subject deploys. A case edits it as a person would. */
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { ROOT } from "../folders.ts";

/** The fields of a service that cases change. */
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

/** A variable without effect on a deployment, for changes that only have to be noticed. */
export const HARMLESS_VARIABLE = "LAGO_DISABLE_SIGNUP";

/** Variable with the api's mail password, a secret that nothing else holds. */
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

  /** Writes the original file. */
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
 * Lago as the bundled file deploys it, with ports from the environment as in Lago's own file, and
 * with a health check every two seconds, so that nobody waits longer than needed.
 */
export function lagoDocument(): ComposeDocument {
  const document = parse(readFileSync(BUNDLED, "utf8"), { merge: true }) as ComposeDocument;
  // Keys that begin with `x-` hold only shared parts of the file.
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

/** A database, a migration and an api, enough for a scripted docker. */
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
