module.exports = {
  displayName: 'api-client',
  preset: '../../../jest.preset.js',
  ...require('../../../tools/test/web-project.cjs'),
};
