/**
 * Variables of the caller that a child process may see: those to find programs, reach the Docker
 * engine and use a proxy. All others stay here, above all Pulumi's passphrase, cloud credentials,
 * and `COMPOSE_*`, which would change the behavior of compose.
 */
const INHERITED = [
  "PATH",
  "HOME",
  "USER",
  "USERPROFILE",
  "SYSTEMROOT",
  "TMPDIR",
  "TEMP",
  "TMP",
  "LANG",
  "LC_ALL",
  "TZ",
  "XDG_RUNTIME_DIR",
  "XDG_CONFIG_HOME",
  "SSH_AUTH_SOCK",
  "DOCKER_HOST",
  "DOCKER_CONTEXT",
  "DOCKER_CONFIG",
  "DOCKER_CERT_PATH",
  "DOCKER_TLS_VERIFY",
  "DOCKER_API_VERSION",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
] as const;

/** Returns the variables of `source` that child processes may inherit, without empty ones. */
export function inheritedEnvironment(
  source: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const inherited: Record<string, string> = {};
  for (const name of INHERITED) {
    const value = source[name];
    if (value !== undefined && value !== "") {
      inherited[name] = value;
    }
  }
  return inherited;
}

/** Leaves out variables without a value, which no process can have. */
export function definedOnly(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}
