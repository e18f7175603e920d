import { create } from 'qrcode';

const QUIET = 4;

/**
 * A payment code as a drawing of squares (GOST R 56042-2014: UTF-8 bytes, level M), with its quiet zone. Dark modules
 * that stand beside each other are one rectangle.
 */
export function codeDrawing(text: string): string {
  const bytes = new Uint8Array(Buffer.from(text, 'utf8'));
  const { modules } = create([{ data: bytes, mode: 'byte' }], { errorCorrectionLevel: 'M' });
  const side = modules.size + 2 * QUIET;
  let path = '';
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      if (!modules.get(y, x)) continue;
      const start = x;
      while (x + 1 < modules.size && modules.get(y, x + 1)) x += 1;
      path += `M${start + QUIET} ${y + QUIET}h${x + 1 - start}v1h-${x + 1 - start}z`;
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><path d="${path}" fill="#000"/></svg>`;
}
