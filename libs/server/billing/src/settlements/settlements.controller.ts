import { Controller, Get, Header, Param, type StreamableFile, UseFilters } from '@nestjs/common';
import { isCivilDate, isMonth } from '@kvartal/domain';
import {
  CurrentViewer,
  For,
  Needs,
  NotFound,
  type Resident,
  RouteFailures,
  type Staff,
} from '@kvartal/platform';
import { Breakdowns } from './breakdowns.service';
import { fileNamed, fileOf } from './document-file';
import { Reconciliations } from './reconciliations.service';

/** Documents of settlements as files: made from the ledger whenever they are opened, so nothing of them is kept. */
@UseFilters(RouteFailures)
@Controller('files')
export class SettlementsController {
  constructor(
    private readonly reconciliations: Reconciliations,
    private readonly breakdowns: Breakdowns,
  ) {}

  /** `/files/reconciliations/1/23/2026-01-01_2026-10-31.pdf`, or `.xlsx`: settlements of an account over these days. */
  @For('resident', 'staff')
  @Needs('ACCOUNT_READ')
  @Get('reconciliations/:organizationId/:accountId/:daysFile')
  @Header('Cache-Control', 'private, no-store')
  @Header('X-Content-Type-Options', 'nosniff')
  async openReconciliation(
    @CurrentViewer() viewer: Resident | Staff,
    @Param('organizationId') organizationId: string,
    @Param('accountId') accountId: string,
    @Param('daysFile') daysFile: string,
  ): Promise<StreamableFile> {
    const { name, format } = fileNamed(daysFile);
    const [from = '', to = '', ...more] = name.split('_');
    if (!isCivilDate(from) || !isCivilDate(to) || to < from || more.length > 0) throw new NotFound();
    return fileOf(
      await this.reconciliations.open(viewer, { organizationId, accountId }, { from, to, format }),
    );
  }

  /** `/files/breakdowns/1/23/2026-10.pdf`, or `.xlsx`: the month's charges of the account's payer. */
  @For('resident', 'staff')
  @Needs('ACCOUNT_READ')
  @Get('breakdowns/:organizationId/:accountId/:monthFile')
  @Header('Cache-Control', 'private, no-store')
  @Header('X-Content-Type-Options', 'nosniff')
  async openBreakdown(
    @CurrentViewer() viewer: Resident | Staff,
    @Param('organizationId') organizationId: string,
    @Param('accountId') accountId: string,
    @Param('monthFile') monthFile: string,
  ): Promise<StreamableFile> {
    const { name: month, format } = fileNamed(monthFile);
    if (!isMonth(month)) throw new NotFound();
    return fileOf(await this.breakdowns.open(viewer, { organizationId, accountId }, { month, format }));
  }
}
