/** Settings of ssh for both sides, in a folder of the test: no ~/.ssh is read or written. */
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";

const TIMEOUT_MS = 30_000;
const SSH = "/usr/bin/ssh";

/** Creates the keys and settings of a server that lets root log in with one key. */
export async function makeServerSide(folder: string, port: number): Promise<void> {
  await keygen(join(folder, "host_key"));
  await keygen(join(folder, "client_key"));
  await writeFile(
    join(folder, "sshd_config"),
    [
      `Port ${port}`,
      "ListenAddress 127.0.0.1",
      `HostKey ${join(folder, "host_key")}`,
      `AuthorizedKeysFile ${join(folder, "client_key.pub")}`,
      `PidFile ${join(folder, "sshd.pid")}`,
      "PermitRootLogin yes",
      "PasswordAuthentication yes",
      "UsePAM no",
      "StrictModes no",
      "LogLevel VERBOSE",
      "",
    ].join("\n"),
  );
  const users = (await readFile("/etc/passwd", "utf8")).split("\n");
  const others = users.filter((line) => line !== "" && !line.startsWith("sshd:"));
  const sshd = "sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin";
  await writeFile(join(folder, "passwd"), `${[...others, sshd].join("\n")}\n`);
  await writeFile(join(folder, "shadow"), "root:*:19000:0:99999:7:::\n", { mode: 0o600 });
}

/** Parts of a client's setup that may be missing. */
export interface Client {
  /** Whether the host's key is known. Defaults to true. */
  readonly knowsHost?: boolean;
  /** Whether the client has an authorized key. Defaults to true. */
  readonly hasKey?: boolean;
}

/** Creates a folder with an `ssh` for the front of the PATH, which knows only this host. */
export async function makeClientSide(
  folder: string,
  port: number,
  name: string,
  { knowsHost = true, hasKey = true }: Client = {},
): Promise<string> {
  const bin = join(folder, name);
  await mkdir(bin);
  const hostKey = (await readFile(join(folder, "host_key.pub"), "utf8")).trim();
  await writeFile(join(bin, "known_hosts"), knowsHost ? `[127.0.0.1]:${port} ${hostKey}\n` : "");
  const identity = hasKey ? join(folder, "client_key") : join(bin, "no_such_key");
  await writeFile(
    join(bin, "config"),
    [
      `IdentityFile ${identity}`,
      "IdentitiesOnly yes",
      "IdentityAgent none",
      `UserKnownHostsFile ${join(bin, "known_hosts")}`,
      "GlobalKnownHostsFile /dev/null",
      "",
    ].join("\n"),
  );
  const ssh = join(bin, "ssh");
  await writeFile(ssh, `#!/bin/sh\nexec ${SSH} -F "\${0%/*}/config" "$@"\n`);
  await chmod(ssh, 0o755);
  return bin;
}

async function keygen(file: string): Promise<void> {
  const args = ["-q", "-t", "ed25519", "-N", "", "-C", "zbl-test", "-f", file];
  const result = await run("ssh-keygen", args, {
    env: inheritedEnvironment(),
    timeoutMs: TIMEOUT_MS,
  });
  if (result.exitCode !== 0) {
    throw new Error(`ssh-keygen ended with ${result.exitCode}: ${result.stderr}`);
  }
}
