import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs a program to its end on this process's own terminal.
 *
 * @returns its exit code; 128 plus the signal's number when a signal ended the program
 */
export function runChild(program, args, options) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: "inherit", ...options });
    // A terminal sends Ctrl-C to the child as well. Forwarding would deliver it twice, and a second
    // Ctrl-C makes Pulumi stop without cleaning up. Without a terminal the signal has to be
    // forwarded.
    const forward = (signal) => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) {
        child.kill(signal);
      }
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) {
      process.on(signal, forward);
    }
    const settle = (finish) => {
      for (const signal of signals) {
        process.off(signal, forward);
      }
      finish();
    };
    child.on("error", (error) => settle(() => fail(error)));
    child.on("exit", (code, signal) => settle(() => done(code ?? 128 + constants.signals[signal])));
  });
}
