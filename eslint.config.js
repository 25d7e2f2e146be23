import js from "@eslint/js";
import mocha from "eslint-plugin-mocha";
import tseslint from "typescript-eslint";

const resourceInApply = {
  selector:
    "CallExpression[callee.property.name='apply'] NewExpression[callee.type='MemberExpression']",
  message: "do not create resources inside apply: let a plain value decide, then create them",
};
const processEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message:
    "only cli/main.ts and a process's own main.ts or server.ts read the environment: take it as an argument",
};
const setMocks = {
  selector: "CallExpression[callee.property.name='setMocks']",
  message: "mocks are process-global: call graphOf() of simulation/declared/resource-graph.ts",
};
const applyInSpec = {
  selector: "CallExpression[callee.property.name='apply']",
  message: "an assertion inside apply can never fail the test: await the value first",
};

/** Forbids imports that match the patterns, with one message. */
const noImports = (group, message) => ({
  "no-restricted-imports": ["error", { patterns: [{ group, message }] }],
});

export default tseslint.config(
  { ignores: ["node_modules/", ".sandbox/", "coverage/"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", 60],
      "max-params": ["error", 4],
      complexity: ["error", 10],
      eqeqeq: "error",
      "no-restricted-syntax": ["error", resourceInApply, processEnv, setMocks],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    files: ["components/**"],
    rules: noImports(
      ["**/sandbox/**", "**/cli/**", "**/policies/**", "**/settings/**", "node:process"],
      "components take everything as arguments: no settings, sandbox, cli, policies or process",
    ),
  },
  {
    files: ["sandbox/**"],
    rules: noImports(
      ["**/components/**", "**/policies/**", "**/settings/**"],
      "the sandbox is an independent judge: it knows the stack only through its APIs",
    ),
  },
  {
    files: ["policies/**"],
    rules: noImports(
      ["**/components/**", "**/sandbox/**", "**/cli/**", "**/settings/**"],
      "policies judge resources, not the code that made them",
    ),
  },
  {
    files: [
      "cli/main.ts",
      "components/**/main.ts",
      "sandbox/**/main.ts",
      "sandbox/**/server.ts",
      "simulation/main.ts",
      "test/**",
    ],
    rules: { "no-restricted-syntax": ["error", resourceInApply] },
  },
  {
    files: ["test/**/*.ts"],
    plugins: { mocha },
    rules: {
      "max-lines-per-function": "off",
      "mocha/no-exclusive-tests": "error",
      "mocha/no-identical-title": "error",
      "no-restricted-syntax": ["error", resourceInApply, setMocks],
    },
  },
  {
    files: ["test/**/*.spec.ts"],
    rules: { "no-restricted-syntax": ["error", applyInSpec, setMocks] },
  },
  {
    files: ["simulation/declared/resource-graph.ts"],
    rules: { "no-restricted-syntax": ["error", resourceInApply] },
  },
  { files: ["**/*.js"], extends: [tseslint.configs.disableTypeChecked] },
);
