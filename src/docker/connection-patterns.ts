import type { DeployErrorKind } from "../errors.ts";

/** Pattern for a failure message of docker or compose. */
export interface FailurePattern {
  readonly kind: DeployErrorKind;
  /** Finds the message; its group `name` is the network or volume at fault. */
  readonly pattern: RegExp;
  /** Cause and next step; `IMAGE` stands for the image at fault, `NAME` for the network or volume. */
  readonly advice: string;
}

/**
 * Failures to connect to a remote engine, as reported by ssh and docker's own TLS, most specific
 * first. Seen with OpenSSH 9.2 and docker 28.2.
 */
export const CONNECTION_PATTERNS: readonly FailurePattern[] = [
  {
    kind: "DaemonUnreachable",
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|host key for .* has changed/i,
    advice:
      "ssh knows the host by ANOTHER key: it was set up anew, or somebody stands in between. Compare its key's fingerprint on the host itself (`ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub`), then forget the old one (`ssh-keygen -R HOST`) and log in once by hand.",
  },
  {
    kind: "DaemonUnreachable",
    pattern: /host key verification failed/i,
    advice:
      "ssh does not know the host's key, and nobody is there to be asked. Log in once by hand (`ssh USER@HOST`) and compare the fingerprint, or put the key into ~/.ssh/known_hosts; in a pipeline from a variable, not from `ssh-keyscan`, which believes whoever answers.",
  },
  {
    kind: "DaemonUnreachable",
    pattern: /permission denied \([a-z0-9,@.-]+\)|too many authentication failures/i,
    advice:
      "ssh was not let in, and no password is asked for. Log in by hand without one first (`ssh -o BatchMode=yes USER@HOST true`): it takes a key that the host's authorized_keys has, and an ssh-agent where the key has a passphrase.",
  },
  {
    kind: "DaemonUnreachable",
    pattern: /docker(\.exe)?: (command )?not found|exec: "docker": executable file not found/i,
    advice:
      "the host has no docker program for those who log in by ssh. Install Docker there, or put it on the PATH of such sessions.",
  },
  {
    kind: "DaemonUnreachable",
    pattern: /kex_exchange_identification|ssh_exchange_identification/i,
    advice:
      "the host's sshd hung up before it asked who is there. It may take too few logins at a time: raise MaxStartups in its sshd_config, or share one connection (ControlMaster in ~/.ssh/config).",
  },
  {
    kind: "DaemonUnreachable",
    // `docker system dial-stdio`, whose message would otherwise match the patterns of a registry.
    pattern: /failed to open the raw stream connection: dial (tcp|unix)/i,
    advice:
      "the Docker engine does not answer at its address. Start it (`systemctl start docker`), check that a firewall lets you through, and check DOCKER_HOST and DOCKER_CONTEXT, or dockerHost and dockerContext.",
  },
  {
    kind: "DaemonUnreachable",
    pattern:
      /could not resolve hostname|ssh: connect to host|connection timed out during banner exchange/i,
    advice:
      "ssh does not reach the host. Check its name and port in dockerHost, that it is up, and that a firewall lets you through (`ssh USER@HOST true`).",
  },
  {
    kind: "DaemonUnreachable",
    // The engine judges an image registry's certificate. Its message begins differently.
    pattern:
      /(error during connect|cannot connect|failed to connect|failed to retrieve).*(x509|tls|certificate|HTTP request to an HTTPS server)|server gave HTTP response to HTTPS client|unable to resolve docker endpoint.*(ca\.pem|cert\.pem|key\.pem|tls)|could not (load|read) (X509|certificate|CA)/i,
    advice:
      "the engine and this machine do not trust each other's certificates. Check ca.pem, cert.pem and key.pem in dockerCertPath (or DOCKER_CERT_PATH), that none has expired, and that the engine's names the host as dockerHost does.",
  },
  {
    kind: "DaemonUnreachable",
    pattern:
      /context "[^"\n]*" (is )?not found|context not found|context "[^"\n]*": context not found/i,
    advice:
      "docker has no such context. `docker context ls` lists those of this user; make it with `docker context create`, or correct dockerContext.",
  },
];
