const MAKE: Readonly<Record<string, string>> = {
  SECRET_KEY_BASE: "`openssl rand -hex 64`",
  LAGO_RSA_PRIVATE_KEY: "`openssl genrsa 2048 | openssl base64 -A`",
};

/** Remedy: how to generate a good value. */
export function howToMake(name: string): string {
  return `set a value of your own, such as the output of ${MAKE[name] ?? "`openssl rand -hex 16`"}`;
}
