/**
 * Lint rules of this project: no barrels, no default exports.
 *
 * @module
 */

const NO_BARREL = "Cannot re-export: import from the file that defines it";
const NO_DEFAULT = "Cannot export a default: give it a name";

const plugin: Deno.lint.Plugin = {
  name: "webex",
  rules: {
    "no-barrel": {
      create: (context) => ({
        ExportAllDeclaration: (node) => context.report({ node, message: NO_BARREL }),
        ExportNamedDeclaration: (node) => {
          if (node.source !== null) context.report({ node, message: NO_BARREL });
        },
      }),
    },
    "no-default-export": {
      create: (context) => ({
        ExportDefaultDeclaration: (node) => {
          // The runtime loads lint plugins by their default export.
          if (!context.filename.endsWith("lint_rules.ts")) context.report({ node, message: NO_DEFAULT });
        },
      }),
    },
  },
};

export default plugin;
