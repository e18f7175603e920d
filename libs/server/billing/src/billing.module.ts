import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { AccountsModule } from '@kvartal/accounts';
import { MetersModule } from '@kvartal/meters';
import { SettlementsController } from './settlements/settlements.controller';
import { SettlementsFields } from './settlements/settlements.fields';
import { BreakdownQueries } from './settlements/breakdown.queries';
import { Breakdowns } from './settlements/breakdowns.service';
import { ReconciliationQueries } from './settlements/reconciliation.queries';
import { Reconciliations } from './settlements/reconciliations.service';
import { PapersBackofficeResolver } from './papers/papers.backoffice.resolver';
import { PapersQueries } from './papers/papers.queries';
import { Papers } from './papers/papers.service';
import { BillsController } from './bills/bills.controller';
import { BillIssuing } from './bills/bills.issuing';
import { BillFields, HouseBillsFields } from './bills/bills.fields';
import { BillsQueries } from './bills/bills.queries';
import { BillsService } from './bills/bills.service';
import { DraftBills } from './bills/drafts.service';
import { BooksKeeper } from './books';
import { CatalogueBackofficeResolver } from './catalogue/catalogue.backoffice.resolver';
import { CatalogueQueries } from './catalogue/catalogue.queries';
import { CatalogueChanges } from './catalogue/catalogue.service';
import { HeatingSeasons } from './catalogue/seasons.service';
import { LegalNumbersBackofficeResolver } from './catalogue/legal-numbers.backoffice.resolver';
import { LegalNumbersService } from './catalogue/legal-numbers.service';
import { ClosingAnomalies } from './closing/closing.anomalies';
import { ClosingChecklists } from './closing/closing.checklist';
import { ClosingFindings } from './closing/closing.findings';
import { ClosingDecisions } from './closing/closing.decisions';
import { ClosingComputing } from './closing/closing.computing';
import { ClosingJobs } from './closing/closing.jobs';
import { ClosingQueries } from './closing/closing.queries';
import { BILLING_QUEUE, BillingQueue } from './closing/closing.queue';
import { ClosingsBackofficeResolver } from './closing/closings.backoffice.resolver';
import { ChecklistFields, ClosingFields, PeriodFields } from './closing/closings.fields';
import { Closings } from './closing/closings.service';
import { ClosingDifferences } from './explaining/closing-differences';
import { ClosingDifferenceFields } from './explaining/closing-differences.fields';
import { ClosingDifferenceJob } from './explaining/closing-differences.jobs';
import { ComputedMonths } from './explaining/computed-months';
import { Differences } from './explaining/differences.service';
import { ExplainingBackofficeResolver } from './explaining/explaining.backoffice.resolver';
import { AccountExplainingFields, LineMovementFields, OriginFields } from './explaining/explaining.fields';
import { Explanations } from './explaining/explanations.service';
import { DecisionsBackofficeResolver } from './closing/decisions.backoffice.resolver';
import { HeldCharges } from './closing/held.queries';
import { PeriodReopenings } from './closing/reopening.service';
import { SecondOpinions } from './closing/second-opinion';
import { SecondOpinionJob } from './closing/second-opinion.jobs';
import { Preliminaries } from './explaining/preliminary.service';
import { WhatIfs } from './explaining/what-if.service';
import { AccountAsOfFields, AccountHistoryFields } from './history/history.fields';
import { HistoryQueries } from './history/history.queries';
import { HomeCabinetResolver } from './home/home.cabinet.resolver';
import { HomeService } from './home/home.service';
import { PreparedReads } from './home/prepared-reads';
import { PaymentDivision } from './division';
import { BillingLedger } from './ledger';
import { AccountsListBackofficeResolver } from './lists/accounts-list.backoffice.resolver';
import { AccountsListKeyResolver } from './lists/accounts-list.key.resolver';
import { AccountsListQueries } from './lists/accounts-list.queries';
import { ReadingCorrections } from './recalculation/corrections.service';
import { RecalculationsBackofficeResolver } from './recalculation/recalculations.backoffice.resolver';
import { Recalculations } from './recalculation/recalculations.service';
import { StaffRecalculations } from './recalculation/staff-recalculations.service';
import { PenaltyForecasts } from './penalties/penalty.forecast.service';
import { AccountPenaltyFields, PenaltyBackofficeResolver } from './penalties/penalty.resolvers';
import { PenaltyRulesService } from './penalties/penalty.rules.service';
import { ChargePreviews } from './statements/charge-preview.service';
import { ServicesQueries } from './statements/services.queries';
import { AccountStatementsFields, RegisterPriceFields } from './statements/statements.fields';
import { StatementsQueries } from './statements/statements.queries';

const queue = BullModule.registerQueue({ name: BILLING_QUEUE });

const services = [
  Papers,
  PapersQueries,
  BooksKeeper,
  BillingLedger,
  PaymentDivision,
  BillingQueue,
  CatalogueChanges,
  LegalNumbersService,
  CatalogueQueries,
  HeatingSeasons,
  Closings,
  ClosingAnomalies,
  ClosingChecklists,
  ClosingComputing,
  ClosingDecisions,
  ClosingFindings,
  PeriodReopenings,
  HeldCharges,
  SecondOpinions,
  ClosingQueries,
  BillIssuing,
  BillsQueries,
  BillsService,
  DraftBills,
  StatementsQueries,
  ServicesQueries,
  ChargePreviews,
  ComputedMonths,
  ClosingDifferences,
  Differences,
  Explanations,
  Preliminaries,
  WhatIfs,
  HistoryQueries,
  HomeService,
  PreparedReads,
  ReadingCorrections,
  Recalculations,
  StaffRecalculations,
  AccountsListQueries,
  BreakdownQueries,
  Breakdowns,
  ReconciliationQueries,
  Reconciliations,
  PenaltyForecasts,
  PenaltyRulesService,
];

/** What billing can do. */
@Module({ imports: [AccountsModule, MetersModule, queue], providers: services, exports: services })
export class BillingModule {}

/** How one may ask for it. */
@Module({
  imports: [BillingModule],
  controllers: [BillsController, SettlementsController],
  providers: [
    SettlementsFields,
    PapersBackofficeResolver,
    BillFields,
    CatalogueBackofficeResolver,
    LegalNumbersBackofficeResolver,
    HouseBillsFields,
    ClosingsBackofficeResolver,
    DecisionsBackofficeResolver,
    ClosingFields,
    ChecklistFields,
    PeriodFields,
    AccountStatementsFields,
    RegisterPriceFields,
    AccountExplainingFields,
    AccountAsOfFields,
    AccountHistoryFields,
    LineMovementFields,
    OriginFields,
    ExplainingBackofficeResolver,
    ClosingDifferenceFields,
    HomeCabinetResolver,
    AccountsListBackofficeResolver,
    AccountsListKeyResolver,
    RecalculationsBackofficeResolver,
    PenaltyBackofficeResolver,
    AccountPenaltyFields,
  ],
})
export class BillingApi {}

/** When it happens by itself. */
@Module({ imports: [BillingModule, queue], providers: [ClosingJobs, SecondOpinionJob, ClosingDifferenceJob] })
export class BillingWorker {}
