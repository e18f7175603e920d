const { readFileSync } = require('node:fs');

/** Files that the bundles take in as bytes: the fonts of printed documents. */
module.exports = {
  process: (_text, path) => ({
    code: `module.exports = { __esModule: true, default: Uint8Array.from(Buffer.from('${readFileSync(path).toString('base64')}', 'base64')) };`,
  }),
};
