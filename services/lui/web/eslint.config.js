import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import globals from "globals";
import ts from "typescript-eslint";

// A feature may use another feature only by its index; ui and api know no feature.
const noForeignInternals = {
  group: ["@/features/*/*"],
  message: "Use another feature by its index (@/features/<name>), not by its inside.",
};
const noClimbing = { group: ["../*"], message: "Leave your own folder through @/…, so that the rule on features can see it." };
const noFeature = { group: ["@/features/*", "@/features/**"], message: "ui and api hold no domain words: features use them, never the other way." };

export default ts.config(
  { ignores: ["dist", "node_modules", "src/api/generated"] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...ts.configs.stylisticTypeChecked,
  hooks.configs.flat.recommended,
  {
    files: ["src/**/*.{ts,tsx}", "vite.config.ts"],
    languageOptions: { globals: globals.browser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-lines": ["error", 300],
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "no-console": "error",
    },
  },
  { files: ["src/features/**/*.{ts,tsx}"], rules: { "no-restricted-imports": ["error", { patterns: [noForeignInternals, noClimbing] }] } },
  { files: ["src/ui/**/*.{ts,tsx}", "src/api/**/*.{ts,tsx}"], rules: { "no-restricted-imports": ["error", { patterns: [noFeature, noClimbing] }] } },
  { files: ["scripts/**/*.mjs", "*.{js,cjs}"], ...ts.configs.disableTypeChecked, languageOptions: { globals: globals.node } },
);
