module.exports = { displayName: 'requests', preset: '../../../jest.preset.js' };
