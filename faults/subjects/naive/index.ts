import { local } from "@pulumi/command";
import { Config } from "@pulumi/pulumi";

const config = new Config();

new local.Command("lago", {
  create: "docker compose up -d",
  delete: "docker compose down",
  dir: config.require("folder"),
  environment: config.requireSecretObject<Record<string, string>>("environment"),
});
