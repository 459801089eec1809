import solid from 'eslint-plugin-solid/configs/typescript';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'dist-check', 'node_modules', 'src/api/schema.d.ts'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommendedTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.sw.json', './tsconfig.worker.json', './tsconfig.build.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-globals': ['error', { name: 'structuredClone', message: 'Chrome 97 does not have it.' }],
    },
  },
  {
    files: ['src/**/*.tsx'],
    ...solid,
    rules: {
      ...solid.rules,
      'no-restricted-syntax': [
        'error',
        { selector: "JSXAttribute[name.name='style']", message: 'The CSP allows no style attributes: use a class.' },
        { selector: "JSXAttribute[name.name='innerHTML']", message: 'Never innerHTML: words may come from answers.' },
      ],
    },
  },
  {
    files: ['**/*.test.{ts,tsx}'],
    plugins: solid.plugins,
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'solid/reactivity': 'off' },
  },
);
