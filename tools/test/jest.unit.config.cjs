// All specs that need no services, in groups: see grouped.cjs. Those of one project, each file by itself: nx test NAME
const { resolve } = require('node:path');
const { writeGroups } = require('./grouped.cjs');
const server = require('./jest.db.config.cjs');
const web = require('./web-project.cjs');

const { rootDir, moduleNameMapper, modulePathIgnorePatterns, transform } = server;
const [[sources, [angular, options]]] = Object.entries(web.transform);

const common = {
  rootDir,
  moduleFileExtensions: [...server.moduleFileExtensions, 'html'],
  moduleNameMapper,
  modulePathIgnorePatterns,
  transformIgnorePatterns: ['/node_modules/'],
};

module.exports = {
  projects: [
    {
      ...common,
      displayName: 'web',
      ...web,
      transform: {
        [sources]: [angular, { ...options, tsconfig: resolve(rootDir, 'libs/web/ui/tsconfig.spec.json') }],
      },
      testMatch: [`${writeGroups('web')}/*.spec.cjs`],
    },
    {
      ...common,
      displayName: 'node',
      testEnvironment: 'node',
      testMatch: [`${writeGroups('node')}/*.spec.cjs`],
      transform,
    },
  ],
  maxWorkers: 2,
  testTimeout: 60_000,
};
