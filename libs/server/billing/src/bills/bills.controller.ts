import { Controller, Get, Header, Param, StreamableFile, UseFilters } from '@nestjs/common';
import {
  CurrentViewer,
  For,
  Needs,
  NotFound,
  type Resident,
  RouteFailures,
  type Staff,
} from '@kvartal/platform';
import { BillsService } from './bills.service';

/** Bills as files. */
@UseFilters(RouteFailures)
@Controller('files/bills')
export class BillsController {
  constructor(private readonly bills: BillsService) {}

  /** `/files/bills/1/23.pdf`: opens in a new tab, and is saved under its own name. */
  @For('resident', 'staff')
  @Needs('ACCOUNT_READ')
  @Get(':organizationId/:file')
  @Header('Cache-Control', 'private, max-age=0, must-revalidate')
  @Header('X-Content-Type-Options', 'nosniff')
  async open(
    @CurrentViewer() viewer: Resident | Staff,
    @Param('organizationId') organizationId: string,
    @Param('file') file: string,
  ): Promise<StreamableFile> {
    const billId = /^(\d+)\.pdf$/.exec(file)?.[1];
    if (!billId) throw new NotFound();
    const { name, content } = await this.bills.open(viewer, organizationId, billId);
    return new StreamableFile(content, {
      type: 'application/pdf',
      disposition: `inline; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
  }
}
