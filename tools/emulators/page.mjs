// The pages of the emulators: one plain look, light and dark, readable by anyone.

/** @param {unknown} text */
export const escape = (text) => String(text ?? '').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light dark; --ground: #f4f6f8; --paper: #fff; --ink: #17212b; --soft: #55626f; --line: #c9d1d9;
  --accent: #0b6b3a; --on-accent: #fff; --bad: #a4161a; --note: #eef6f0; }
@media (prefers-color-scheme: dark) { :root { --ground: #12171c; --paper: #1b2229; --ink: #e8edf2; --soft: #a7b3bf;
  --line: #3a4650; --accent: #58c48b; --on-accent: #08130d; --bad: #ff9a9a; --note: #20302a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, 'Segoe UI', Roboto, sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
main.wide { max-width: 72rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0 1rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
.paper { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; }
.soft { color: var(--soft); }
.sum { font-size: 1.75rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.note { background: var(--note); border-radius: .5rem; padding: .75rem 1rem; }
.bad { color: var(--bad); }
label { display: block; font-weight: 600; margin-top: 1rem; }
.hint { color: var(--soft); font-size: .9rem; }
input { width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft);
  border-radius: .5rem; padding: .6rem .75rem; min-height: 2.75rem; }
input[aria-invalid='true'] { border: 2px solid var(--bad); }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
button, .button { display: inline-block; font: inherit; font-weight: 600; min-height: 2.75rem; padding: .6rem 1.25rem;
  border-radius: .5rem; border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); cursor: pointer; }
button.plain { background: transparent; color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.25rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid var(--line); }
td { overflow-wrap: anywhere; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/**
 * @param {{ title: string, body: string, wide?: boolean }} page
 * @returns {string}
 */
export const pageOf = ({ title, body, wide = false }) => `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main${wide ? ' class="wide"' : ''}>
<h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>
`;

/**
 * @typedef {{ name: string, label: string, hint?: string, error?: string | undefined, value?: string, more?: string }} Field
 * @param {Field} field `more`: further attributes
 * @returns {string} label, hint, input and its error, tied together for screen readers
 */
export function field({ name, label, hint, error, value = '', more = '' }) {
  const told = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ');
  return `<div>
<label for="${name}">${escape(label)}</label>
${hint ? `<div class="hint" id="${name}-hint">${escape(hint)}</div>` : ''}
<input id="${name}" name="${name}" value="${escape(value)}"${told ? ` aria-describedby="${told}"` : ''}${error ? ' aria-invalid="true"' : ''} ${more}>
${error ? `<div class="bad" id="${name}-error">${escape(error)}</div>` : ''}
</div>`;
}
