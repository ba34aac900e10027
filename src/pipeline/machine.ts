/** Which machine this is, and whether processes of it that were noted down are at work. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** What tells the processes that run now from those of other machines, containers and times. */
export interface MachineIdentity {
  readonly host: string;
  /** Tells machines of one name apart. Empty where the system gives none. */
  readonly machineId: string;
  /** Another one after each start of the machine. */
  readonly bootId: string;
  /** Another one in each container, whose processes have numbers of their own. */
  readonly pidNamespace: string;
}

/** The identity of this machine; undefined on a system without /proc. */
export function machineIdentity(): MachineIdentity | undefined {
  const bootId = read("/proc/sys/kernel/random/boot_id");
  const pidNamespace = orElse("", () => readlinkSync("/proc/self/ns/pid"));
  return bootId === "" || pidNamespace === ""
    ? undefined
    : { host: hostname(), machineId: read("/etc/machine-id"), bootId, pidNamespace };
}

/** When this machine was started, in milliseconds since 1970; undefined where that is not known. */
export function bootedAtMs(): number | undefined {
  const [, seconds] = /^btime (\d+)$/m.exec(read("/proc/stat")) ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** The processes of a group that run a program of that name, without those that have ended. */
export function processesOfGroup(group: number, program: string): number[] {
  return orElse([], () => readdirSync("/proc"))
    .filter((name) => /^\d+$/.test(name))
    .map((name) => processOf(Number(name)))
    .filter((found) => found?.group === group && found.program === program && !found.ended)
    .map((found) => found?.pid ?? 0);
}

/** What is known of processes that were noted down. */
export type Fate = "ended" | "at work" | "unknown";

/**
 * Whether processes have ended for certain. Of another machine or container that is not known. A
 * number that a process has now counts as at work, although it may have been given again.
 *
 * @param self this machine
 * @param exists whether a process of that number runs
 */
export function fateOf(
  noted: MachineIdentity & { readonly pids: readonly number[] },
  self = machineIdentity(),
  exists = (pid: number) => processOf(pid)?.ended === false,
): Fate {
  if (self === undefined || noted.host !== self.host || noted.machineId !== self.machineId) {
    return "unknown";
  }
  if (noted.bootId !== self.bootId) {
    return "ended";
  }
  if (noted.pidNamespace !== self.pidNamespace) {
    return "unknown";
  }
  return noted.pids.some(exists) ? "at work" : "ended";
}

function processOf(pid: number) {
  const stat = read(`/proc/${pid}/stat`);
  // The name of the program, in brackets, may hold anything.
  const [, program = "", state = "", , group] = /^\d+ \((.*)\) (\S) (\d+) (\d+) /s.exec(stat) ?? [];
  return group === undefined
    ? undefined
    : { pid, program, group: Number(group), ended: state === "Z" || state === "X" };
}

function read(file: string): string {
  return orElse("", () => readFileSync(file, "utf8").trim());
}

/** Processes end while they are looked at. */
function orElse<T>(otherwise: T, look: () => T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
