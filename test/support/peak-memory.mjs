/** Loaded before a program: writes the most memory that its process ever had to a file, in KiB. */
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  writeFileSync(process.env.ZBL_TEST_PEAK_FILE, `${process.resourceUsage().maxRSS}`);
});
