/** Addresses of engines, as docker takes them. Pure. */
import { isLoopback } from "../text/url.ts";

const EXPECTED =
  "expected ssh://USER@HOST, ssh://USER@HOST:PORT, tcp://HOST:PORT or unix:///PATH/TO/SOCKET";

/** What is wrong with an address. It is not quoted: it may hold a password that was put there. */
export function hostFault(address: string): string | undefined {
  if (!/^[\x21-\x7e]+$/.test(address)) {
    return EXPECTED;
  }
  if (address.startsWith("unix://")) {
    return /^unix:\/\/\/./.test(address) ? undefined : EXPECTED;
  }
  const url = URL.parse(address);
  // Ssh would take a name that begins so for an option of its own.
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

/** Whether a `tcp://` address without TLS leaves this machine, such as by an ssh tunnel's end here. */
export function isUnencrypted(address: string): boolean {
  return !isLoopback(address);
}
