import js from "@eslint/js";
import globals from "globals";

/** @param {string} ground the name of a set of globals */
const on = (ground) => ({ languageOptions: { globals: globals[ground] } });

// The language itself is held to its floor by `lib` in jsconfig.json.
const FLOOR = "Younger than the oldest browser of docs/decisions/0008.";

export default [
  { ignores: ["static/vendor/", "node_modules/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      complexity: ["error", 8],
      eqeqeq: "error",
      "max-lines": ["error", 250],
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Templates escape; innerHTML with data does not." },
        { property: "outerHTML", message: "Templates escape; outerHTML with data does not." },
        { property: "insertAdjacentHTML", message: "Templates escape; this does not." },
        { object: "AbortSignal", property: "timeout", message: FLOOR },
        { object: "crypto", property: "randomUUID", message: FLOOR },
        { property: "setBigUint64", message: FLOOR },
      ],
      "no-shadow": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  { files: ["static/js/**/*.js", "static/desk/**/*.js"], ...on("browser") },
  { files: ["static/*.js", "static/js/**/*.worker.js"], ...on("serviceworker") },
  { files: ["tests/js/**/*.js", "eslint.config.js"], ...on("node") },
  {
    // The middle is pure: what it needs arrives as arguments.
    files: ["static/js/model/**/*.js"],
    rules: {
      "no-restricted-globals": [
        "error",
        "document",
        "window",
        "fetch",
        "indexedDB",
        "localStorage",
        "navigator",
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: "Time arrives as an argument.",
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "Time arrives as an argument.",
        },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: "Chance arrives as an argument.",
        },
      ],
    },
  },
];
