const BROWSERS: readonly [RegExp, string][] = [
  [/YaBrowser\/(\d+)/, 'Яндекс Браузер'],
  [/Edg\/(\d+)/, 'Edge'],
  [/OPR\/(\d+)/, 'Opera'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/Chrome\/(\d+)/, 'Chrome'],
  [/Version\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari/, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** «Chrome 142, Windows» of what a browser calls itself; undefined when nothing is recognised. */
export function deviceText(userAgent: string): string | undefined {
  const named = (names: readonly [RegExp, string][]) => {
    for (const [pattern, name] of names) {
      const found = pattern.exec(userAgent);
      if (found) return found[1] ? `${name} ${found[1]}` : name;
    }
    return undefined;
  };
  return [named(BROWSERS), named(SYSTEMS)].filter(Boolean).join(', ') || undefined;
}
