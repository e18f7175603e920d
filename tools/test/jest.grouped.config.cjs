// All database specs, in groups: see grouped.cjs. A part of them, each file by itself: jest.db.config.cjs
const { resolve } = require('node:path');
const { writeGroups } = require('./grouped.cjs');

module.exports = {
  ...require('./jest.db.config.cjs'),
  testMatch: [`${writeGroups('database')}/*.spec.cjs`],
  testSequencer: resolve(__dirname, 'in-order.cjs'),
};
