module.exports = { displayName: 'api-client', preset: '../../../jest.web.preset.js' };
