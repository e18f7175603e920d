/** Files that the bundles take in as text: SQL of migrations, Handlebars of letters. */
module.exports = {
  process: (text) => ({ code: `module.exports = { __esModule: true, default: ${JSON.stringify(text)} };` }),
};
