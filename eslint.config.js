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

const everywhere = [resourceInApply, processEnv, setMocks];

/** Folders of the project, and the ones that the code of each must not import. */
const walls = {
  components: {
    closed: ["settings", "sandbox", "cli", "policies", "simulation", "test"],
    message: "components take everything as arguments: import nothing of other folders",
  },
  sandbox: {
    closed: ["settings", "components", "cli", "policies", "simulation", "test"],
    message: "the sandbox is an independent judge: it knows the stack only through its APIs",
  },
  policies: {
    closed: ["settings", "components", "sandbox", "cli", "simulation", "test"],
    message: "policies are published alone and judge resources, not the code that made them",
  },
  "sandbox/page/browser": {
    closed: ["datadog", "shop", "agent", "cluster", "host", "http", "kube", "plugins", "toolchain"],
    message: "the page runs in a browser: it knows the stand-in only through its API",
  },
  settings: {
    closed: ["sandbox", "cli", "policies", "simulation", "test"],
    message: "settings are read by the program and by lab: import nothing of either's other parts",
  },
  simulation: {
    closed: ["cli", "policies", "test"],
    message: "the simulation runs what is declared in the sandbox's evaluation, without lab",
  },
  workshop: {
    closed: ["settings", "components", "sandbox", "cli", "policies", "simulation", "test"],
    message: "the workshop knows a stack by its file and by Pulumi alone",
  },
  cli: { closed: ["policies", "test"], message: "lab runs the policies, it does not import them" },
};

/** Forbids imports across a wall; the folder's other restrictions of syntax go with it. */
function wall(folder, files = [`${folder}/**`], restricted = everywhere) {
  const { closed, message } = walls[folder];
  const group = closed.map((name) => `**/${name}/**`);
  const modules = folder === "components" ? [...group, "node:process"] : group;
  // the rule on imports does not see import("…"); a slash would end the selector's pattern
  const names = closed.join("|");
  const selector = `ImportExpression[source.value=/^\\.\\.?(.*\\u002F)?(${names})\\u002F/]`;
  return {
    files,
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ group: modules, message }] }],
      "no-restricted-syntax": ["error", ...restricted, { selector, message }],
    },
  };
}

export default tseslint.config(
  { ignores: ["node_modules/", ".sandbox/", "runs/", "coverage/"] },
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
      "no-restricted-syntax": ["error", ...everywhere],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  ...Object.keys(walls).map((folder) => wall(folder)),
  // a process's own entry reads the environment
  wall("cli", ["cli/main.ts"], [resourceInApply]),
  wall("components", ["components/**/main.ts"], [resourceInApply]),
  wall("sandbox", ["sandbox/**/main.ts", "sandbox/**/server.ts"], [resourceInApply]),
  wall("simulation", ["simulation/main.ts", "simulation/draw.ts"], [resourceInApply]),
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
  wall("simulation", ["simulation/declared/resource-graph.ts"], [resourceInApply]),
  { files: ["**/*.js"], extends: [tseslint.configs.disableTypeChecked] },
);
