#!/usr/bin/env -S node --
import { main } from "./entry.ts";

await main();
