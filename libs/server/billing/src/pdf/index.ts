export { type Bitmap, Page, styleOf } from './page';
export { PdfFile } from './pdf-file';
export { SHEET, Sheet, lineHeight, textAt } from './sheet';
export { HAIRLINE, type LaidRow, STRONG, columnsOf, drawTable, layRow, together } from './table';
export { DOCUMENT_FONTS, BOLD, REGULAR } from './typeface';
export { wrap } from './wrap';
