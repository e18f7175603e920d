import { StreamableFile } from '@nestjs/common';
import { NotFound } from '@kvartal/platform';

export const FORMATS = ['pdf', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

/** A document that was made for somebody who asked. */
export interface DocumentFile {
  /** Without its ending: «akt_sverki_0401287047_2026-01-01_2026-10-31». */
  name: string;
  format: Format;
  content: Buffer;
}

const TYPES: Readonly<Record<Format, string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The answer of a route: a PDF opens in its tab, a spreadsheet is saved. */
export const fileOf = ({ name, format, content }: DocumentFile): StreamableFile =>
  new StreamableFile(content, {
    type: TYPES[format],
    length: content.length,
    disposition: `${format === 'pdf' ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`,
  });

/** The name and format of an address's last part: `2026-10.xlsx`. Throws NotFound for any other ending. */
export function fileNamed(file: string): { name: string; format: Format } {
  const [, name = '', ending = ''] = /^(.+)\.([a-z]+)$/.exec(file) ?? [];
  const format = FORMATS.find((one) => one === ending);
  if (!format) throw new NotFound();
  return { name, format };
}
