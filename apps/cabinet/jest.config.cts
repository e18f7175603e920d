module.exports = {
  displayName: 'cabinet',
  preset: '../../jest.preset.js',
  ...require('../../tools/test/web-project.cjs'),
};
