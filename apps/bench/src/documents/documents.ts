import { type BillDocument, billContent, billPdf } from '@kvartal/billing';
import type { Arguments } from '../arguments';
import { median, report, rounded } from '../figures';
import { peakMiBOf } from '../processor';
import { readBills } from './bills';
import { drawByPdfmake } from './yardstick';

/** As many bills as the yardstick draws in a few seconds. */
const SAMPLE = 40;

interface Run {
  /** Bills a second of one core's time. */
  ours: number;
  yardsticks: number;
  bytes: number;
}

/** Bills drawn by the product against pdfmake drawing the same ones, each from what was read to the bytes of a file. */
export async function benchDocuments(given: Arguments): Promise<void> {
  const { bills, readSeconds } = await readBills(given.count('bills', 1000));
  const sample = bills.slice(0, SAMPLE);
  await drawn(sample); // neither is measured cold
  await drawnByYardstick(sample.slice(0, 5));
  const peakMiB = peakMiBOf(process.pid);
  const runs: Run[] = [];
  for (let at = 1; at <= given.count('runs', 3); at += 1) {
    const run = { ...(await drawn(bills)), yardsticks: await drawnByYardstick(sample) };
    console.log(
      `run ${at}: ${JSON.stringify(run, (_, value) => (typeof value === 'number' ? rounded(value) : value))}`,
    );
    runs.push(run);
  }
  const middle = (of: (run: Run) => number): number => rounded(median(runs.map(of)));
  report('documents', median(runs.map((run) => run.yardsticks / run.ours)), runs.length, {
    bills: bills.length,
    perSecondPerCore: middle((run) => run.ours),
    yardstickPerSecondPerCore: middle((run) => run.yardsticks),
    timesFaster: middle((run) => run.ours / run.yardsticks),
    kilobytesABill: middle((run) => run.bytes / bills.length / 1000),
    readPerSecond: Math.round(bills.length / readSeconds),
    peakMiB,
  });
}

async function drawn(bills: readonly BillDocument[]): Promise<Pick<Run, 'ours' | 'bytes'>> {
  let bytes = 0;
  const ours = await aSecondOfACore(bills, async (bill) => {
    bytes += billPdf(billContent(bill)).length;
  });
  return { ours, bytes };
}

const drawnByYardstick = (bills: readonly BillDocument[]): Promise<number> =>
  aSecondOfACore(bills, async (bill) => void (await drawByPdfmake(billContent(bill))));

/** How many are drawn in a second of processor time, whatever else the machine does meanwhile. */
async function aSecondOfACore(
  bills: readonly BillDocument[],
  draw: (bill: BillDocument) => Promise<void>,
): Promise<number> {
  const before = process.cpuUsage();
  for (const bill of bills) await draw(bill);
  const { user, system } = process.cpuUsage(before);
  return (bills.length * 1_000_000) / (user + system);
}
