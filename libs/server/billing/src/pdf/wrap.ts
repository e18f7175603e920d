import type { TextStyle } from './page';

const SPACE = ' ';

/** A text as the lines that fit a width in points. Only a plain space parts words; a word that is too long is cut. */
export function wrap(text: string, { face, size }: TextStyle, width: number): string[] {
  const room = (width * 1000) / size;
  if (face.widthOf(text) <= room) return [text];
  const space = face.widthOf(SPACE);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(SPACE).flatMap((one) => cut(one, face.widthOf.bind(face), room))) {
    const wide = face.widthOf(word);
    if (line !== '' && used + space + wide > room) {
      lines.push(line);
      line = word;
      used = wide;
    } else {
      used += line === '' ? wide : space + wide;
      line = line === '' ? word : `${line}${SPACE}${word}`;
    }
  }
  return [...lines, line];
}

/** A word in pieces that fit, whole where it does. */
function cut(word: string, widthOf: (text: string) => number, room: number): string[] {
  if (widthOf(word) <= room) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const sign of word) {
    if (piece !== '' && widthOf(piece + sign) > room) {
      pieces.push(piece);
      piece = '';
    }
    piece += sign;
  }
  return [...pieces, piece];
}
