import { civilDate, month, quantityOf } from '@kvartal/domain';
import type { KnownReading } from './intake.state';
import { standing } from './standing';

const reading = (id: string | null, change: Partial<KnownReading> = {}): KnownReading => ({
  id,
  month: month('2026-10'),
  takenOn: civilDate('2026-10-15'),
  value: quantityOf(0n),
  source: 'SITE',
  state: 'ACCEPTED',
  settles: false,
  version: 1,
  unusual: false,
  clientKey: null,
  createdAt: new Date(0),
  ...change,
});
const briefly = (readings: readonly KnownReading[]) =>
  standing(readings).map(({ id, state, settles }) => `${id ?? 'new'} ${state}${settles ? ' settles' : ''}`);

describe('readings of one month among each other', () => {
  it('lets the latest of residents replace the ones before', () => {
    expect(briefly([reading('1', { settles: true }), reading(null, { version: 2 })])).toEqual([
      '1 SUPERSEDED',
      'new ACCEPTED settles',
    ]);
  });

  it('goes by the day that was read, then by the order of entering', () => {
    const late = reading(null, { takenOn: civilDate('2026-10-12'), version: 2 });
    expect(briefly([reading('1', { settles: true }), late])).toEqual([
      '1 ACCEPTED settles',
      'new SUPERSEDED',
    ]);
    expect(briefly([reading('10'), reading('9')])).toEqual(['10 ACCEPTED settles', '9 SUPERSEDED']);
  });

  it('keeps a resident’s reading beside the controller’s, which settles', () => {
    const controller = reading('1', { source: 'CONTROLLER', settles: true });
    expect(briefly([controller, reading(null, { version: 2, takenOn: civilDate('2026-10-20') })])).toEqual([
      '1 ACCEPTED settles',
      'new ACCEPTED',
    ]);
  });

  it('ranks controller, automatic, people, estimate', () => {
    const all = [
      reading('1', { source: 'ESTIMATE' }),
      reading('2', { source: 'API' }),
      reading('3', { source: 'ASKUE' }),
      reading('4', { source: 'CONTROLLER' }),
    ];
    const settling = (readings: KnownReading[]) => standing(readings).find(({ settles }) => settles)?.id;
    expect([
      settling(all),
      settling(all.slice(0, 3)),
      settling(all.slice(0, 2)),
      settling(all.slice(0, 1)),
    ]).toEqual(['4', '3', '2', '1']);
  });

  it('leaves what was deleted or superseded as it is, and settles nothing where nothing stands', () => {
    expect(briefly([reading('1', { state: 'DELETED' }), reading('2', { state: 'SUPERSEDED' })])).toEqual([
      '1 DELETED',
      '2 SUPERSEDED',
    ]);
  });

  it('gives back the very reading where nothing changes', () => {
    const only = reading('1', { settles: true });
    expect(standing([only])[0]).toBe(only);
  });
});
