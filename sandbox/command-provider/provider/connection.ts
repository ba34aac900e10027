import { Engine } from "./engine.ts";
import { Operations } from "./operations.ts";

/** State shared by one engine and one provider process. */
export class Connection {
  readonly engine = new Engine();
  readonly operations = new Operations();
  /** Whether the engine accepts text that is not UTF-8, according to its handshake. */
  acceptsByteString = false;
  /**
   * Whether the engine sends the old inputs beside the old state, according to its configuration.
   */
  sendsOldInputs = false;
}
