import { Controller, Get, Header, Param, StreamableFile, UseFilters } from '@nestjs/common';
import { type Month, month } from '@kvartal/domain';
import {
  CurrentViewer,
  For,
  Needs,
  NotFound,
  type Resident,
  RouteFailures,
  type Staff,
} from '@kvartal/platform';
import { type BillFile, BillsService } from './bills.service';
import { DraftBills } from './drafts.service';

/** Bills as files: they open in a new tab, and are saved under their own names. */
@UseFilters(RouteFailures)
@Controller('files/bills')
export class BillsController {
  constructor(
    private readonly bills: BillsService,
    private readonly drafts: DraftBills,
  ) {}

  /** `/files/bills/1/23.pdf`: one bill. */
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
    return fileOf(await this.bills.open(viewer, organizationId, idNamed(file)));
  }

  /** `/files/bills/1/houses/5/2026-10.pdf`: all bills of a house of a closed month, for the printer. */
  @For('staff')
  @Needs('ACCOUNT_READ')
  @Get(':organizationId/houses/:houseId/:monthFile')
  @Header('Cache-Control', 'private, no-store')
  @Header('X-Content-Type-Options', 'nosniff')
  async openHouse(
    @Param('organizationId') organizationId: string,
    @Param('houseId') houseId: string,
    @Param('monthFile') monthFile: string,
  ): Promise<StreamableFile> {
    return fileOf(await this.bills.openHouse(organizationId, houseId, monthNamed(monthFile)));
  }

  /** `/files/bills/1/drafts/7/23.pdf`: the bill of account 23 as closing 7 would issue it, not to be paid by. */
  @For('staff')
  @Needs('PERIOD_CLOSE')
  @Get(':organizationId/drafts/:closingId/:accountFile')
  @Header('Cache-Control', 'private, no-store')
  @Header('X-Content-Type-Options', 'nosniff')
  async openDraft(
    @Param('organizationId') organizationId: string,
    @Param('closingId') closingId: string,
    @Param('accountFile') accountFile: string,
  ): Promise<StreamableFile> {
    return fileOf(await this.drafts.open(organizationId, closingId, idNamed(accountFile)));
  }
}

function idNamed(file: string): string {
  const named = /^(\d+)\.pdf$/.exec(file)?.[1];
  if (!named) throw new NotFound();
  return named;
}

function monthNamed(file: string): Month {
  const named = /^(\d{4}-(0[1-9]|1[0-2]))\.pdf$/.exec(file)?.[1];
  if (!named) throw new NotFound();
  return month(named);
}

const fileOf = ({ name, content }: BillFile): StreamableFile =>
  new StreamableFile(content, {
    type: 'application/pdf',
    disposition: `inline; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
