#!/usr/bin/env -S node --
import { main } from "./main.ts";

await main();
