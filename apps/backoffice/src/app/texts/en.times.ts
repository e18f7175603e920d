/** The account in other times: the open month as it stands, and past days. */
export const enTimes = {
  soon: {
    title: 'Preliminary calculation of the open month',
    what: 'What would be charged if the month were closed now. It is no bill, and nothing is stored.',
    count: 'Calculate',
    noBill: 'This is no bill: so it would be for {month} if the month were closed now, as known at {at}.',
    unpriced: 'Some days have no price yet: {services}. These lines are not whole.',
    held: 'Held until somebody decides: {services}. They are charged in a later month and are not in the sum.',
    late: '{service} for {month} was held back and comes with this month,',
  },
  past: {
    title: 'As of a day',
    day: 'As of',
    what: 'Debt, area, residents, prices and the bill as they were known on that day.',
    balance: 'Owed on {day}',
    month: 'Last closed month',
    corrected: 'corrected later: {value}',
    bill: 'Bill {number}',
    services: 'Services and prices of that day',
    notYet: 'This day has not come yet.',
  },
};
