/** Writes down what a program loads, and when it starts another one. For `node --import`. */
import { subscribe } from "node:diagnostics_channel";
import { appendFileSync } from "node:fs";
import { registerHooks } from "node:module";

const note = (line) => appendFileSync(process.env.ZBL_TEST_LOADED, `${line}\n`);

registerHooks({
  load: (url, context, next) => {
    note(url);
    return next(url, context);
  },
});
subscribe("child_process", () => note("process"));
