/** Addresses of engines, as docker takes them. Pure. */
import { isLoopback } from "../text/url.ts";

const EXPECTED =
  "expected ssh://USER@HOST, ssh://USER@HOST:PORT, tcp://HOST:PORT or unix:///PATH/TO/SOCKET";

/**
 * Finds the fault of an engine's address. Does not quote the address, which may hold a password by
 * mistake.
 */
export function hostFault(address: string): string | undefined {
  if (!/^[\x21-\x7e]+$/.test(address)) {
    return EXPECTED;
  }
  if (address.startsWith("unix://")) {
    return /^unix:\/\/\/./.test(address) ? undefined : EXPECTED;
  }
  const url = URL.parse(address);
  // Ssh would take such a name for one of its options.
  if (url === null || url.hostname === "" || url.hostname.startsWith("-")) {
    return EXPECTED;
  }
  if (url.password !== "") {
    return "holds a password, which would stand in state and logs; ssh gets in with a key (ssh-agent, or IdentityFile in ~/.ssh/config)";
  }
  const isPlain = url.search === "" && url.hash === "" && ["", "/"].includes(url.pathname);
  switch (url.protocol) {
    case "ssh:":
      return isPlain && !url.username.startsWith("-") ? undefined : EXPECTED;
    case "tcp:":
      return isPlain && url.port !== "" && url.username === "" ? undefined : EXPECTED;
    default:
      return EXPECTED;
  }
}

/**
 * Whether a `tcp://` address without TLS leaves this machine. The local end of an ssh tunnel does
 * not.
 */
export function isUnencrypted(address: string): boolean {
  return !isLoopback(address);
}
