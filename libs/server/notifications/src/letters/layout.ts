import Handlebars from 'handlebars';
import { localeOf } from '@kvartal/words';
import type { Letter, Rendered, Sender } from './letter';
import { lettersIn } from './letters';

/** Tables and inline styles are what mail programs agree on; the colours are those of the site, dark by media query. */
const HTML = `<!doctype html>
<html lang="{{locale}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{subject}}</title>
<style>
@media (prefers-color-scheme: dark) {
  .paper { background: #0c131a !important; }
  .sheet { background: #141d26 !important; border-color: #263443 !important; }
  .ink { color: #e9eef3 !important; }
  .ink-2 { color: #b7c3ce !important; }
  .button { background: #3468c0 !important; }
}
</style>
</head>
<body class="paper" style="margin:0;padding:0;background:#f0f3f6">
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" style="background:#f0f3f6">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">
<tr><td class="ink" style="padding:0 4px 12px;font:600 15px/22px 'Golos Text',Arial,sans-serif;color:#13202c">{{brand}}</td></tr>
<tr><td class="sheet" style="background:#ffffff;border:1px solid #dce3e9;border-radius:12px;padding:28px 24px">
<h1 class="ink" style="margin:0 0 16px;font:600 22px/30px 'Golos Text',Arial,sans-serif;color:#13202c">{{heading}}</h1>
{{#each paragraphs}}<p class="ink" style="margin:0 0 12px;font:16px/24px 'Golos Text',Arial,sans-serif;color:#13202c">{{this}}</p>
{{/each}}
{{#if facts}}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:8px 0 16px">
{{#each facts}}<tr><td class="ink-2" style="padding:6px 12px 6px 0;font:14px/20px 'Golos Text',Arial,sans-serif;color:#435261">{{label}}</td>
<td class="ink" align="right" style="padding:6px 0;font:600 14px/20px 'Golos Text',Arial,sans-serif;color:#13202c">{{value}}</td></tr>
{{/each}}</table>{{/if}}
{{#if button}}<p style="margin:20px 0"><a class="button" href="{{button.url}}" style="display:inline-block;background:#1a4795;color:#ffffff;text-decoration:none;border-radius:8px;padding:13px 22px;font:600 16px/22px 'Golos Text',Arial,sans-serif">{{button.label}}</a></p>
<p class="ink-2" style="margin:0 0 8px;font:13px/18px 'Golos Text',Arial,sans-serif;color:#435261">{{frame.copy}}<br><span style="word-break:break-all">{{button.url}}</span></p>{{/if}}
{{#if note}}<p class="ink-2" style="margin:16px 0 0;font:13px/18px 'Golos Text',Arial,sans-serif;color:#435261">{{note}}</p>{{/if}}
</td></tr>
<tr><td class="ink-2" style="padding:14px 4px;font:13px/18px 'Golos Text',Arial,sans-serif;color:#435261">{{frame.automatic}} {{brand}}, {{siteUrl}}</td></tr>
</table></td></tr></table>
</body></html>`;

const TEXT = `{{heading}}

{{#each paragraphs}}{{this}}

{{/each}}{{#each facts}}{{label}}: {{value}}
{{/each}}{{#if button}}
{{button.label}}:
{{button.url}}
{{/if}}{{#if note}}
{{note}}
{{/if}}
--
{{brand}}, {{siteUrl}}
{{frame.automatic}}
`;

const html = Handlebars.compile(HTML, { strict: false });
const text = Handlebars.compile(TEXT, { noEscape: true });

/** A letter as HTML and as text in a language; every value is escaped in the HTML. */
export function render(letter: Letter, sender: Sender, locale: string): Rendered {
  const { frame } = lettersIn(locale);
  const values = { ...letter, ...sender, frame, locale: localeOf(locale) };
  return { subject: letter.subject, html: html(values), text: text(values) };
}
