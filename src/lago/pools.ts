/** A kind of background job that can have dedicated workers. */
export interface WorkerPool {
  /** Compose service of the workers, named as in Lago's own files. */
  readonly service: string;
  /** Start script inside Lago's back-end image (getlago/lago-api, `scripts/`). */
  readonly script: string;
  /**
   * Variable that sends the jobs to these workers. It is set for every back-end service: with the
   * toggle and no workers, jobs wait for ever; with workers and no toggle, the workers are idle.
   */
  readonly toggle: string;
}

/** Worker pools of Lago's back end, by the name of the setting. */
export const WORKER_POOLS = {
  events: pool("api-events-worker", "start.events.worker.sh", "SIDEKIQ_EVENTS"),
  pdfs: pool("api-pdfs-worker", "start.pdfs.worker.sh", "SIDEKIQ_PDFS"),
  billing: pool("api-billing-worker", "start.billing.worker.sh", "SIDEKIQ_BILLING"),
  clock: pool("api-clock-worker", "start.clock.worker.sh", "SIDEKIQ_CLOCK"),
  webhook: pool("api-webhook-worker", "start.webhook.worker.sh", "SIDEKIQ_WEBHOOK"),
  payments: pool("api-payments-worker", "start.payments.worker.sh", "SIDEKIQ_PAYMENTS"),
  analytics: pool("api-analytics-worker", "start.analytics.worker.sh", "SIDEKIQ_ANALYTICS"),
  aiAgent: pool("api-ai-agent-worker", "start.ai_agent.worker.sh", "SIDEKIQ_AI_AGENT"),
  alerts: pool("api-alerts-worker", "start.alerts.worker.sh", "SIDEKIQ_ALERTS"),
  wallets: pool("api-wallets-worker", "start.wallets.worker.sh", "SIDEKIQ_WALLETS"),
} as const satisfies Record<string, WorkerPool>;

/** Name of a pool, as in the setting `workers`. */
export type WorkerPoolName = keyof typeof WORKER_POOLS;

/** Workers of one pool. */
export interface WorkerSettings {
  /** Number of containers, 1 to 100. Defaults to 1. */
  readonly count?: number | undefined;
  /** Jobs that one container works on at once, 1 to 1000. Defaults to Lago's own. */
  readonly concurrency?: number | undefined;
}

/** Dedicated workers by pool. */
export type WorkersSettings = { readonly [K in WorkerPoolName]?: WorkerSettings | undefined };

/**
 * A misspelled script in Lago's `deploy/docker-compose.production.yml`, which no release of Lago
 * has.
 */
const MISSPELLED = { written: "start.pdf.worker.sh", meant: WORKER_POOLS.pdfs.script } as const;

/** Whether a command runs the script that Lago's own file misspells. */
export function isMisspelled(command: string): boolean {
  return command.includes(MISSPELLED.written);
}

/**
 * Returns the script by which a command starts workers, such as `start.billing.worker.sh`, with the
 * misspelled name corrected; undefined for any other command.
 */
export function scriptOf(command: string): string | undefined {
  const script = /start\.[a-z_]+\.worker\.sh/.exec(command)?.[0];
  return script === MISSPELLED.written ? MISSPELLED.meant : script;
}

function pool(service: string, script: string, toggle: string): WorkerPool {
  return { service, script, toggle };
}
