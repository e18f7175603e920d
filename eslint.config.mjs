import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import { constraints } from './tools/boundaries/table.mjs';

const boundaries = (depConstraints) => ({
  '@nx/enforce-module-boundaries': [
    'error',
    {
      enforceBuildableLibDependency: false,
      allow: [
        '^.*/eslint\\.config\\.mjs$',
        '^.*/tools/build/swc\\.cjs$',
        '^.*/tools/test/web-project\\.cjs$',
      ],
      depConstraints,
    },
  ],
});
const inSpecs = constraints.map(({ bannedExternalImports: _, ...rest }) =>
  rest.sourceTag === 'layer:reference'
    ? { ...rest, onlyDependOnLibsWithTags: [...rest.onlyDependOnLibsWithTags, 'layer:domain'] }
    : rest,
);
const web = ['apps/cabinet/**', 'apps/backoffice/**', 'libs/web/**'];

export default [
  {
    ignores: [
      '**/dist',
      '**/node_modules',
      '.nx',
      '.angular',
      '.data',
      'apps/*/src/generated',
      'tools/boundaries/canary',
    ],
  },
  ...nx.configs['flat/base'],
  ...nx.configs['flat/typescript'],
  ...nx.configs['flat/javascript'],
  {
    files: ['**/*.ts', '**/*.mjs', '**/*.cts', '**/*.cjs', '**/*.js'],
    rules: {
      ...boundaries(constraints),
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['libs/**/*.ts', 'apps/**/*.ts', 'tools/reference/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'max-params': 'off',
      '@typescript-eslint/max-params': ['error', { max: 4 }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name=/^(only|skip|todo)$/]',
          message: 'No test is left out.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'The clock is Clock (platform), or a parameter.',
        },
      ],
    },
  },
  // a constructor that Nest fills may take six
  {
    files: ['libs/server/**/*.ts', 'apps/{api,worker}/**/*.ts'],
    rules: { '@typescript-eslint/max-params': ['error', { max: 6 }] },
  },
  // the values of the domain are made in their own files: there, and in no other, a bare number becomes one
  {
    files: [
      'libs/domain/src/money.ts',
      'libs/domain/src/decimal.ts',
      'libs/domain/src/month.ts',
      'libs/domain/src/civil-date.ts',
    ],
    rules: { '@typescript-eslint/consistent-type-assertions': 'off' },
  },
  {
    files: ['apps/{db,bench}/**/*.ts', 'apps/{api,worker,cabinet,backoffice}/src/main.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.spec.ts', '**/testing/**/*.ts', '**/testing.ts', '**/*.e2e.ts'],
    rules: {
      ...boundaries(inSpecs),
      'max-lines-per-function': 'off',
      '@typescript-eslint/max-params': 'off',
    },
  },
  ...angular.configs.tsRecommended.map((config) => ({
    ...config,
    files: web.map((folder) => `${folder}/*.ts`),
  })),
  ...angular.configs.templateRecommended.map((config) => ({
    ...config,
    files: web.map((folder) => `${folder}/*.html`),
  })),
  ...angular.configs.templateAccessibility.map((config) => ({
    ...config,
    files: web.map((folder) => `${folder}/*.html`),
  })),
  {
    files: web.map((folder) => `${folder}/*.ts`),
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-class-suffix': 'off',
      '@angular-eslint/directive-class-suffix': 'off',
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
    },
  },
  prettier,
];
