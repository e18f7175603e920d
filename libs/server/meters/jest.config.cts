module.exports = { displayName: 'meters', preset: '../../../jest.preset.js' };
