import { fileTypeFromBuffer } from 'file-type';

export const MOST_FILES = 10;
export const LARGEST_FILE = 20 * 1024 * 1024;

const OPEN_XML = 'application/vnd.openxmlformats-officedocument';
/** What may be attached, by its content, with the endings its name may have; the first is given to a name without. */
const KINDS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/heic': ['heic', 'heif'],
  'image/heif': ['heif', 'heic'],
  'application/pdf': ['pdf'],
  'application/zip': ['zip'],
  [`${OPEN_XML}.wordprocessingml.document`]: ['docx'],
  [`${OPEN_XML}.spreadsheetml.sheet`]: ['xlsx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
};

/** The media type by the first bytes; undefined for whatever may not be attached, whatever it calls itself. */
export async function allowedKindOf(content: Uint8Array): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(content).catch(() => undefined);
  return found && found.mime in KINDS ? found.mime : undefined;
}

/** Control characters, overrides of the writing direction that hide an ending, and what file systems do not bear. */
const UNFIT = /[\p{Cc}\p{Cf}<>:"|?*]/gu;
const LONGEST_STEM = 120;

/** A name fit to be saved anywhere, its ending that of its content. */
export function fileNameOf(given: string, mediaType: string): string {
  const name = (given.normalize('NFC').split(/[\\/]/).at(-1) ?? '').replace(UNFIT, '').trim();
  const endings = KINDS[mediaType] ?? ['bin'];
  const dot = name.lastIndexOf('.');
  const ending = dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
  const isRight = endings.includes(ending);
  const stem = (isRight ? name.slice(0, dot) : name).replace(/^[.\s]+|[.\s]+$/g, '');
  return `${[...(stem || 'файл')].slice(0, LONGEST_STEM).join('')}.${isRight ? ending : endings[0]}`;
}
