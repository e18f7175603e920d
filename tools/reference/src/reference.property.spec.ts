import { calculateHouse } from '@kvartal/domain';
import { HOUSE_LAW, randomHouse } from '@kvartal/domain/testing';
import fc from 'fast-check';
import { evaluate } from './house';

describe('the second opinion', () => {
  it('agrees with the engine about every line of every house, to the last digit', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 30 }), (seed) => {
        const house = randomHouse(seed);
        const { statements, share } = calculateHouse(house);
        const engine = statements.flatMap(({ accountId, lines, missingTariffs }) =>
          lines.map((line) => ({ ...line, accountId, isWhole: !missingTariffs.includes(line.serviceId) })),
        );
        const second = evaluate(house);
        expect(second.lines).toHaveLength(engine.length);
        for (const [place, line] of second.lines.entries()) expect(engine[place]).toMatchObject(line);
        expect(second.carried.map(({ quantity }) => quantity)).toEqual(
          share.commons.map(({ carryOut }) => carryOut),
        );
      }),
      HOUSE_LAW,
    ));

  it('meets every rule in those houses', () => {
    const met = new Map<string, number>();
    const meet = (what: string, isMet = true): void =>
      void met.set(what, (met.get(what) ?? 0) + (isMet ? 1 : 0));
    for (let seed = 1; seed <= 150; seed += 1) {
      const house = randomHouse(seed * 104_729);
      const { statements, share } = calculateHouse(house);
      for (const { basis, terms, distributed, excess } of share.commons) {
        meet(`common by ${basis}`);
        meet('cap', excess > 0n);
        meet(`below zero with ${terms.negativePolicy}`, basis === 'METER' && distributed <= 0n);
        if (terms.sharedBy) meet(`shared by ${terms.sharedBy.kind}`);
      }
      for (const { lines, missingTariffs } of statements) {
        meet('a missing tariff', missingTariffs.length > 0);
        for (const line of lines) {
          meet(line.method, line.charged !== 0n);
          meet('vat', line.vat !== 0n);
          meet('a raised norm', line.excess !== 0n);
          meet('a benefit', line.benefit !== 0n);
          meet('an outage', line.underdelivered !== 0n);
          meet('a charge below zero', line.charged < 0n);
          meet('a share in a row', line.commonQuantity !== 0n && line.method !== 'COMMON_AREA');
        }
      }
      for (const { registers, services, absences } of house.accounts) {
        for (const one of registers) {
          for (const way of ['unusable', 'replaced', 'between', 'estimated', 'isIrrigation'] as const)
            meet(way, one[way] !== undefined && one.current !== null);
          meet(
            'a register that was silent before it was replaced',
            (one.replaced?.estimatedSince ?? 0n) > 0n,
          );
          meet('a register in its place that is not read', one.replaced !== undefined && !one.current);
          meet('a reading between after silent months', one.between !== undefined && !!one.estimated);
        }
        meet('absences', absences !== undefined);
        for (const { estimated, resource, current } of registers) {
          const settling = services.filter(
            ({ terms, method, from, to }) =>
              terms.resource === resource && terms.redistributes && method === 'METER' && from < to,
          );
          if (!current || settling.length === 0) continue;
          for (const { lines, quantity, from, to } of estimated ?? []) {
            meet('two services estimated by one register', lines.length > 1);
            meet('a month estimated as nothing', quantity === 0n);
            for (const { terms, ...days } of lines) {
              const isOwn = settling.some((one) => one.terms.serviceId === terms.serviceId);
              meet('an estimate at a price', isOwn && !terms.plans);
              for (const { plan } of (isOwn && terms.plans) || []) meet(`an estimate by ${plan.kind}`);
              meet('an estimate of some days', isOwn && (days.from > from || days.to < to));
              meet('an estimate of a service that is gone', terms.serviceId === 'gone');
            }
          }
        }
        for (const [place, { terms, method, outages }] of services.entries()) {
          const before = services[place - 1];
          const isPart = before?.terms.serviceId === terms.serviceId;
          if (method !== 'PENALTY') meet(`${method} in parts`, isPart && before.method === method);
          meet('a meter put in', isPart && before.method === 'NORM_PERSON' && method === 'METER');
          meet('a meter taken out', isPart && before.method === 'METER' && method === 'NORM_PERSON');
          for (const { kind } of outages ?? []) meet(kind);
        }
        for (const { terms, method, from, to, benefits } of services) {
          const isShort = to - from < house.period.days && from < to;
          const isOf = (one: (typeof services)[number]): boolean =>
            one.terms.resource === terms.resource && one.terms.serviceId !== terms.serviceId;
          const shares = isShort && terms.resource === 'HOT_WATER';
          meet('a resource that another service takes on other days', shares && services.some(isOf));
          meet('a drain of some days', isShort && method === 'SUM_OF_WATER');
          meet(
            'a benefit within a volume',
            isShort && benefits?.some((one) => one.normQuantity !== undefined),
          );
          for (const { normsPerPerson: norms } of benefits ?? [])
            if (norms && from < to) {
              meet('a benefit within a norm that changes', norms.length > 1);
              meet(
                'a benefit within a norm of some days',
                norms.every((one) => one.from > house.period.from),
              );
            }
          meet('whole months', terms.wholeMonths === true);
          meet('a season', terms.heating !== undefined && terms.heating.spreadMonths === undefined);
          meet('spread heating', terms.heating?.spreadMonths !== undefined);
          meet('heat in water', terms.heatNorms !== undefined);
          for (const { plan } of terms.plans ?? []) meet(`plan ${plan.kind}`);
        }
      }
    }
    expect([...met].filter(([, times]) => times < 5)).toEqual([]);
    expect(met.size).toBe(74);
  });
});
