import { civilDate } from '@kvartal/domain';
import { type MeterFact, intakeMonth, knownIntake, meterOn, windowsOf } from './intake.state';

const USUAL = { fromDay: 10, toDay: 25, afterVerification: 'REJECT' } as const;
const WRAPPED = { ...USUAL, fromDay: 25, toDay: 5 };
const day = civilDate;

describe('which month a day’s readings are for', () => {
  it.each([
    [USUAL, '2026-11-01', '2026-11'],
    [USUAL, '2026-11-30', '2026-11'],
    [WRAPPED, '2026-11-05', '2026-10'],
    [WRAPPED, '2026-11-06', '2026-11'],
    [WRAPPED, '2026-11-25', '2026-11'],
    [WRAPPED, '2027-01-01', '2026-12'],
  ])('by %j on %s is %s', (rules, on, month) => {
    expect(intakeMonth(day(on), rules)).toBe(month);
  });

  it('tells of this month’s window until it is over, then of the next', () => {
    expect(windowsOf(day('2026-11-09'), USUAL).told).toEqual({ from: '2026-11-10', to: '2026-11-25' });
    expect(windowsOf(day('2026-11-25'), USUAL).told).toEqual({ from: '2026-11-10', to: '2026-11-25' });
    expect(windowsOf(day('2026-12-26'), USUAL).told).toEqual({ from: '2027-01-10', to: '2027-01-25' });
  });
});

describe('a meter on a day', () => {
  const fact = (kind: MeterFact['kind'], from: string, until: string | null): MeterFact => ({
    kind,
    from: day(from),
    until: until === null ? null : day(until),
  });
  const verified = fact('METER_VERIFIED', '2020-11-20', '2026-11-20');

  it('is verified up to the day before its verification ends', () => {
    const facts = [fact('METER_WORKING', '2020-11-20', null), verified];
    expect(meterOn(facts, day('2026-11-19'))).toEqual({
      works: true,
      removedOn: null,
      verified: true,
      verifiedOn: '2020-11-20',
      verifyUntil: '2026-11-20',
    });
    expect(meterOn(facts, day('2026-11-20'))).toMatchObject({ verified: false, verifyUntil: '2026-11-20' });
  });

  it('follows the latest verification, and needs none to be recorded', () => {
    const again = fact('METER_VERIFIED', '2026-11-25', '2032-11-25');
    expect(meterOn([again, verified], day('2026-11-26'))).toMatchObject({
      verified: true,
      verifiedOn: '2026-11-25',
    });
    expect(meterOn([again, verified], day('2026-11-22'))).toMatchObject({ verified: false });
    expect(meterOn([], day('2026-11-22'))).toMatchObject({ verified: true, verifyUntil: null });
  });

  it('says since when it does not work, and may work again', () => {
    const facts = [
      fact('METER_WORKING', '2020-11-20', '2026-03-12'),
      fact('METER_WORKING', '2026-05-01', null),
    ];
    expect(meterOn(facts, day('2026-03-11'))).toMatchObject({ works: true, removedOn: null });
    expect(meterOn(facts, day('2026-03-12'))).toMatchObject({ works: false, removedOn: '2026-03-12' });
    expect(meterOn(facts, day('2026-05-01'))).toMatchObject({ works: true, removedOn: null });
    expect(meterOn([], day('2026-05-01'))).toMatchObject({ works: false, removedOn: null });
  });
});

it('takes the usual window where the organisation says nothing', () => {
  const row = { timeZone: 'Europe/Moscow', settings: null, open: null, isLinked: false, registers: null };
  expect(knownIntake(row, '1', day('2026-11-20'))).toMatchObject({ rules: USUAL, open: null, registers: [] });
});
