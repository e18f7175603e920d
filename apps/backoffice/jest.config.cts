module.exports = {
  displayName: 'backoffice',
  preset: '../../jest.preset.js',
  ...require('../../tools/test/web-project.cjs'),
};
