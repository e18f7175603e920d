/** The fixed words of acts and breakdowns. */
export const TAX_IDS = { RUB: 'ИНН', KZT: 'БИН' } as const;

export const RECONCILIATION = {
  title: 'Акт сверки взаимных расчётов',
  sheetName: 'Акт сверки',
  currencies: { RUB: 'рубли', KZT: 'тенге' },
  numbered: (number: string, day: string) => `№ ${number} от ${day}`,
  period: (days: { from: string; to: string }, currency: string) =>
    `за период с ${days.from} по ${days.to}, валюта: ${currency}`,
  between: (ours: string, theirs: string) =>
    `Мы, нижеподписавшиеся, ${ours}, с одной стороны, и ${theirs}, с другой стороны, составили настоящий акт о том, что состояние взаимных расчётов по данным учёта следующее:`,
  account: (number: string, address: string) => `Лицевой счёт ${number}, ${address}`,
  main: 'Основной долг',
  penalties: 'Пени',
  balanceOn: (day: string) => `Сальдо на ${day}`,
  turnover: 'Обороты за период',
  dataOf: (party: string) => `По данным: ${party}`,
  heads: { on: 'Дата', document: 'Документ', debit: 'Дебет', credit: 'Кредит' },
  entries: {
    OPENING: 'Остаток при вводе в учёт',
    CHARGED: 'Начислено',
    CORRECTED: 'Льготы и перерасчёты',
    PAYMENT: 'Оплата',
    REFUND: 'Возврат',
    ADJUSTMENT: 'Корректировка',
    RECALCULATION: 'Перерасчёт',
    UNDERDELIVERY: 'Недопоставка',
  },
  reversal: 'Сторно',
  of: (month: string) => `за ${month}`,
  dated: (day: string) => `от ${day}`,
  bill: (number: string) => `счёт № ${number}`,
  even: (day: string) => `На ${day} задолженность отсутствует.`,
  owes: (day: string, creditor: string, sum: string, words: string) =>
    `На ${day} задолженность в пользу ${creditor} составляет ${sum} (${words}).`,
  from: (party: string) => `От ${party}`,
  signature: '____________________ / ____________________ /',
  seal: 'М. П.',
  sheet: (page: number, pages: number) => `лист ${page} из ${pages}`,
} as const;

export const BREAKDOWN = {
  title: 'Расшифровка начислений по получателям',
  sheetName: 'Расшифровка',
  month: (year: string, month: string) => `Год: ${year}, месяц: ${month}`,
  payer: 'Плательщик',
  accounts: 'Лицевые счета',
  organization: 'Исполнитель',
  heads: {
    number: '№',
    account: 'Лицевой счёт',
    recipient: 'Получатель',
    group: 'Тар. гр.',
    service: 'Услуга',
    quantity: 'Объём',
    unit: 'Ед.',
    price: 'Тариф',
    percent: 'НДС, %',
    vat: 'НДС',
    amount: 'Сумма',
  },
  total: 'Итого',
  none: '—',
  nothing: 'За этот месяц данных нет.',
  sheet: (page: number, pages: number) => `лист ${page} из ${pages}`,
} as const;
