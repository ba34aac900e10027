/** Identity of this machine, and the state of processes that were recorded on a machine. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Tells the processes that run now from those of other machines, containers and times. */
export interface MachineIdentity {
  readonly host: string;
  /** Tells machines of one name apart. Empty where the system has no id. */
  readonly machineId: string;
  /** Changes with each start of the machine. */
  readonly bootId: string;
  /** Differs between containers, as each numbers its own processes. */
  readonly pidNamespace: string;
}

/** Reads the identity of this machine. Returns undefined on a system without /proc. */
export function machineIdentity(): MachineIdentity | undefined {
  const bootId = read("/proc/sys/kernel/random/boot_id");
  const pidNamespace = orElse("", () => readlinkSync("/proc/self/ns/pid"));
  return bootId === "" || pidNamespace === ""
    ? undefined
    : { host: hostname(), machineId: read("/etc/machine-id"), bootId, pidNamespace };
}

/** Reads the start time of this machine, in milliseconds since 1970. Undefined without /proc. */
export function bootedAtMs(): number | undefined {
  const [, seconds] = /^btime (\d+)$/m.exec(read("/proc/stat")) ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** Lists the running processes of a process group that run a program of that name. */
export function processesOfGroup(group: number, program: string): number[] {
  return orElse([], () => readdirSync("/proc"))
    .filter((name) => /^\d+$/.test(name))
    .map((name) => processOf(Number(name)))
    .filter((found) => found?.group === group && found.program === program && !found.ended)
    .map((found) => found?.pid ?? 0);
}

/** State of recorded processes. */
export type ProcessState = "running" | "exited" | "unknown";

/**
 * Tells whether any of the recorded processes runs. Unknown for those of another machine or container.
 * An id that is in use counts as running, although another process may have got it.
 *
 * @param self this machine
 * @param isRunning tells whether a process of that id runs
 */
export function processState(
  recorded: MachineIdentity & { readonly pids: readonly number[] },
  self = machineIdentity(),
  isRunning = (pid: number) => processOf(pid)?.ended === false,
): ProcessState {
  if (self === undefined || recorded.host !== self.host || recorded.machineId !== self.machineId) {
    return "unknown";
  }
  if (recorded.bootId !== self.bootId) {
    return "exited";
  }
  if (recorded.pidNamespace !== self.pidNamespace) {
    return "unknown";
  }
  return recorded.pids.some(isRunning) ? "running" : "exited";
}

function processOf(pid: number) {
  const stat = read(`/proc/${pid}/stat`);
  // The name of the program, in parentheses, may hold any character.
  const [, program = "", state = "", , group] = /^\d+ \((.*)\) (\S) (\d+) (\d+) /s.exec(stat) ?? [];
  return group === undefined
    ? undefined
    : { pid, program, group: Number(group), ended: state === "Z" || state === "X" };
}

function read(file: string): string {
  return orElse("", () => readFileSync(file, "utf8").trim());
}

/** Runs `read`; returns `otherwise` when it throws, as for a process that ends while being read. */
function orElse<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
