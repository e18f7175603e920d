module.exports = {
  displayName: 'ui',
  preset: '../../../jest.preset.js',
  ...require('../../../tools/test/web-project.cjs'),
};
