/**
 * The one-shot of Lago's `deploy` files that generates an RSA key in a volume. Lago prefers the
 * file in that volume to the variable (getlago/lago-api `config/initializers/rsa_keys.rb`), so a
 * given key has an effect only when the one-shot writes it there.
 */
import { commandText } from "./roles.ts";

/** Variable with the RSA key as base64 of PEM. */
export const RSA_KEY_VARIABLE = "LAGO_RSA_PRIVATE_KEY";

/**
 * Writes the given key into the volume. A key that is already there stays. If it differs, the start
 * fails here instead of running with a key other than the one in the settings.
 */
const SCRIPT = `set -eu
umask 077
mkdir -p config/keys
given=config/keys/given.pem
kept=config/keys/private.pem
printf %s "$$${RSA_KEY_VARIABLE}" | base64 -d > "$$given"
if [ ! -e "$$kept" ]; then
  openssl rsa -in "$$given" -pubout -out config/keys/public.pem 2> /dev/null
  chmod 644 config/keys/public.pem
  mv "$$given" "$$kept"
  echo "put the given RSA key into the volume"
elif [ "$$(openssl rsa -in "$$given" -noout -modulus)" = "$$(openssl rsa -in "$$kept" -noout -modulus)" ]; then
  rm "$$given"
  echo "the RSA key in the volume is the given one"
else
  rm "$$given"
  echo "the RSA key in the volume is another one than rsaPrivateKey, and Lago would use the one in the volume. Set rsaPrivateKey to it, or remove config/keys/private.pem from the volume."
  exit 1
fi
`;

/** Whether a service is the one-shot that generates the key, and nothing else. */
export function makesRsaKey(definition: Readonly<Record<string, unknown>>): boolean {
  const command = commandText(definition);
  return command.includes("generate.rsa.sh") && !command.includes("migrate");
}

/** Part of the override that makes the one-shot write the given key. */
export function withGivenRsaKey(): Record<string, unknown> {
  return {
    command: ["sh", "-c", SCRIPT],
    environment: { [RSA_KEY_VARIABLE]: `\${${RSA_KEY_VARIABLE}}` },
  };
}
