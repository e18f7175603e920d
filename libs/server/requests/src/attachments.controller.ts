import {
  Controller,
  Get,
  Header,
  Inject,
  Param,
  Post,
  Req,
  Res,
  StreamableFile,
  UseFilters,
} from '@nestjs/common';
import { CurrentViewer, For, Needs, RouteFailures } from '@kvartal/platform';
import type { Request, Response } from 'express';
import { Attachments, type Person } from './attachments.service';
import { arrivedFiles } from './attachments.upload';
import type { Attachment } from './requests.types';

/** Only letters, digits and a few signs may stand unescaped in a header's `filename*`. */
const headerName = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Files of requests over HTTP: never shown by the browser, always saved. */
@For('resident', 'staff')
@Needs('REQUEST_WORK')
@UseFilters(RouteFailures)
@Controller('files/attachments')
export class AttachmentsController {
  constructor(@Inject(Attachments) private readonly attachments: Attachments) {}

  /** Takes up to ten files of 20 MB as a form; refusals come as 422 with `{ refusals }`. */
  @Post(':organizationId/:requestId')
  async upload(
    @CurrentViewer() viewer: Person,
    @Param() { organizationId, requestId }: { organizationId: string; requestId: string },
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ attachments: Attachment[] }> {
    await this.attachments.admit(viewer, organizationId, requestId);
    const files = await arrivedFiles(request, response);
    return { attachments: await this.attachments.add(viewer, organizationId, requestId, files) };
  }

  @Get(':organizationId/:id')
  @Header('Cache-Control', 'private, no-store')
  @Header('X-Content-Type-Options', 'nosniff')
  @Header('Content-Security-Policy', "sandbox; default-src 'none'")
  async download(
    @CurrentViewer() viewer: Person,
    @Param() { organizationId, id }: { organizationId: string; id: string },
  ): Promise<StreamableFile> {
    const { name, mediaType, size, content } = await this.attachments.open(viewer, organizationId, id);
    const disposition = `attachment; filename*=UTF-8''${headerName(name)}`;
    return new StreamableFile(content, { type: mediaType, length: size, disposition });
  }
}
