/** A month was closed: `{ closingId, periodId, month }`. */
export const PERIOD_CLOSED = 'PeriodClosed';
/** A bill was issued whose account wants it by mail: `{ billId, accountId, month }`. */
export const BILL_ISSUED = 'BillIssued';
