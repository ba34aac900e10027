/** Looks at all processes of the host again and again, as anybody on it may. */
import { readdirSync, readFileSync } from "node:fs";

const INTERVAL_MS = 20;

/** What a process showed of itself. */
export interface SeenProcess {
  readonly pid: number;
  /** Its arguments, the program first, with blanks between them. */
  readonly commandLine: string;
  /** Its environment, which only its own user and root may read. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A look every 20 ms, as far as the machine keeps up. */
export class ProcessSampler {
  readonly #seen = new Map<string, SeenProcess>();
  readonly #timer = setInterval(() => this.#look(), INTERVAL_MS);
  #looks = 0;

  /** How often it was looked. */
  get looks(): number {
    return this.#looks;
  }

  /** Every process so far, once for each command line that it had. */
  get seen(): readonly SeenProcess[] {
    return [...this.#seen.values()];
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    this.#looks += 1;
    for (const name of readdirSync("/proc")) {
      const pid = Number(name);
      if (Number.isInteger(pid)) {
        this.#note(pid);
      }
    }
  }

  #note(pid: number): void {
    const commandLine = read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
    const key = `${pid} ${commandLine}`;
    if (commandLine !== "" && !this.#seen.has(key)) {
      const entries = read(`/proc/${pid}/environ`).split("\0").filter(Boolean);
      const environment = Object.fromEntries(
        entries.map((entry) => [entry.split("=", 1)[0], entry.slice(entry.indexOf("=") + 1)]),
      );
      this.#seen.set(key, { pid, commandLine, environment });
    }
  }
}

/** The text of a file, or nothing once its process has ended. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
