/**
 * Refuses `npm pack` and `npm publish` in the checkout, whose package.json points to TypeScript
 * sources.
 */
process.stderr.write(
  "!!  The checkout is not the package. `npm run package` builds that and makes its archive.\n",
);
process.exit(1);
