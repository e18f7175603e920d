export { type Bitmap, Page, type TextStyle, styleOf } from './page';
export { type FileInfo, PdfFile } from './pdf-file';
export { SHEET, Sheet, lineHeight, textAt, textToRight } from './sheet';
export { type Column, HAIRLINE, type LaidRow, STRONG, columnsOf, drawTable, layRow, together } from './table';
export { DOCUMENT_FONTS, BOLD, REGULAR } from './typeface';
export { wrap } from './wrap';
