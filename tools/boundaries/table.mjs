// Who may import whom: the one table. ESLint holds it, the canary proves that ESLint does, the README prints it.

const libraries = ['layer:domain', 'layer:words', 'layer:platform'];
const above = (...modules) => [...libraries, ...modules.map((name) => `module:${name}`)];

/** tag of a project → tags of the projects that it may import */
export const directions = {
  'layer:domain': ['layer:domain'],
  'layer:words': ['layer:words'],
  // the second opinion shares no code with the engine; only its spec meets both
  'layer:reference': ['layer:reference'],
  'layer:platform': ['layer:platform', 'layer:domain', 'layer:words'],
  'module:auth': above('auth'),
  'module:accounts': above('auth', 'accounts'),
  'module:meters': above('auth', 'accounts', 'meters'),
  'module:requests': above('auth', 'accounts', 'requests'),
  'module:content': above('auth', 'accounts', 'content'),
  'module:billing': above('auth', 'accounts', 'meters', 'billing'),
  'module:payments': above('auth', 'accounts', 'meters', 'billing', 'payments'),
  'module:notifications': [...libraries, 'layer:module'],
  'layer:process': [...libraries, 'layer:module', 'layer:reference'],
  'layer:web': ['layer:domain', 'layer:words', 'layer:web'],
  'layer:web-app': ['layer:domain', 'layer:words', 'layer:web'],
  'layer:e2e': ['layer:domain', 'layer:words'],
};

/** The table as constraints of @nx/enforce-module-boundaries. Pure layers import no package at all. */
export const constraints = Object.entries(directions).map(([sourceTag, onlyDependOnLibsWithTags]) => ({
  sourceTag,
  onlyDependOnLibsWithTags,
  ...(['layer:domain', 'layer:words', 'layer:reference'].includes(sourceTag)
    ? { bannedExternalImports: ['*'] }
    : {}),
}));
