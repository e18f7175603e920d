import { BillFields } from './bills.fields';
import { Bill } from './bills.types';

describe('the link to a bill', () => {
  const bill = Object.assign(new Bill(), { url: '/files/bills/1/23.pdf' });
  const asking = { portalId: '1', ip: '', userAgent: '', requestId: '', userId: '1', sessionId: '1' };

  it('says for staff that it is theirs: their browser may hold a resident’s cookie too', () => {
    const fields = new BillFields();
    expect(fields.url(bill, { ...asking, kind: 'staff', memberships: [] })).toBe(
      '/files/bills/1/23.pdf?as=staff',
    );
    expect(fields.url(bill, { ...asking, kind: 'resident' })).toBe('/files/bills/1/23.pdf');
  });
});
