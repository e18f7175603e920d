import { BadRequestException } from '@nestjs/common';
import { Refusal } from '@kvartal/platform';
import type { Request, Response } from 'express';
import multer, { MulterError, memoryStorage } from 'multer';
import { LARGEST_FILE, MOST_FILES } from './attachment.kinds';
import type { ArrivedFile } from './attachments.service';

const receive = multer({
  storage: memoryStorage(),
  limits: { fileSize: LARGEST_FILE, files: MOST_FILES, fields: 10, fieldSize: 1000 },
  defParamCharset: 'utf8',
}).any();

function refusalOf(failure: unknown): Error {
  if (!(failure instanceof MulterError)) return new BadRequestException('The upload could not be read');
  if (failure.code === 'LIMIT_FILE_SIZE')
    return new Refusal('FILE_TOO_BIG', { path: ['file'], params: { max: LARGEST_FILE } });
  if (failure.code === 'LIMIT_FILE_COUNT')
    return new Refusal('TOO_MANY_FILES', { path: ['file'], params: { max: MOST_FILES } });
  return new BadRequestException(failure.code);
}

/** The files of a form, in whatever fields. Refuses FILE_TOO_BIG (20 MB) and TOO_MANY_FILES (10). */
export function arrivedFiles(request: Request, response: Response): Promise<ArrivedFile[]> {
  return new Promise((done, refuse) => {
    void receive(request, response, (failure?: unknown) => {
      if (failure) return refuse(refusalOf(failure));
      const files = Array.isArray(request.files) ? request.files : [];
      return done(files.map(({ originalname, buffer }) => ({ name: originalname, content: buffer })));
    });
  });
}
