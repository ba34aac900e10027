import { Engine } from "./engine.ts";
import { Operations } from "./operations.ts";

/** What holds between one engine and one provider process. */
export class Connection {
  readonly engine = new Engine();
  readonly operations = new Operations();
  /** Whether the engine takes text that is no UTF-8; it says so in its handshake. */
  acceptsByteString = false;
  /** Whether the engine sends the old inputs beside the old state; it says so when it configures. */
  sendsOldInputs = false;
}
