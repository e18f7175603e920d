import iconv from 'iconv-lite';
import { type QrEncoding } from '@kvartal/domain';

/** The bytes of a payment code's text, as its header says that they are encoded (GOST R 56042-2014). */
export function billQrBytes(text: string, encoding: QrEncoding): Buffer {
  return iconv.encode(text, encoding);
}
