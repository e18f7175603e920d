import { showDay, showDays, showMonth, showMonthName } from './dates';
import { enumTextOf } from './enums';
import type { RefusalSentences, Values } from './refusals';

const MINUTES = { one: 'minute', other: 'minutes' };
const CHARACTERS = { one: 'character', other: 'characters' };
const DIGITS = { one: 'digit', other: 'digits' };
const month = (v: Values) => showMonth(v.raw('month'), 'en');
const later = (v: Values) => (v.has('seconds') ? `in ${v.minutes('seconds', MINUTES)}` : 'later');
const unit = (v: Values) => (v.has('unit') ? `\u00a0${v.raw('unit')}` : '');

const LOGIN_FORM: Readonly<Record<string, (v: Values) => string>> = {
  FIRST_LETTER: () => 'A login starts with a letter.',
  TOO_LONG: (v) =>
    `A login has at most ${v.count('maxLength', CHARACTERS)}. Yours has ${v.number('length')}.`,
  SYMBOL: (v) =>
    `“${v.raw('symbol')}” cannot be used in a login. Russian and Latin letters, digits, hyphens and underscores can.`,
};

export const refusalsEn: RefusalSentences = {
  AUTH_BAD_CREDENTIALS:
    'The login or the password does not match. Check the keyboard layout and Caps Lock, or recover access.',
  AUTH_LOCKED: (v) => `Too many attempts. Try again ${later(v)} or recover your password.`,
  AUTH_NOT_CONFIRMED:
    'Your e-mail is not confirmed yet. Open the link in our letter; if there is none, check the spam folder or ask for a new one.',
  REG_LOGIN_TAKEN: 'This login is taken. Choose another one, or sign in if it is yours.',
  REG_LOGIN_FORM: (v) =>
    LOGIN_FORM[v.raw('problem')]?.(v) ??
    'This login will not do. Use Russian or Latin letters, digits, hyphens and underscores, starting with a letter.',
  REG_LINK_EXPIRED: 'The link has expired. Register again: it takes a minute.',
  EMAIL_FORM: 'There is a mistake in the e-mail address. It looks like name@example.com.',
  PASSWORD_LENGTH: (v) =>
    v.has('min', 'max')
      ? `A password has ${v.number('min')} to ${v.count('max', CHARACTERS)}. Yours has ${v.number('length')}.`
      : 'The length of the password will not do. Choose another one.',
  PASSWORD_SYMBOL: (v) =>
    `${v.has('symbol') ? `“${v.raw('symbol')}”` : 'Some of these characters'} cannot be used.${v.has('allowed') ? ` Letters, digits and ${v.raw('allowed')} can.` : ''}`,
  PASSWORD_MISMATCH: 'The passwords differ. Type the same password into both fields.',
  CAPTCHA_WRONG: 'The code does not match the picture. Type the code from the new picture.',
  CONSENT_REQUIRED:
    'An account needs your consent to the processing of personal data. Read the consent and tick it.',
  AGREEMENT_REQUIRED: 'The agreement is not accepted. Read it and tick that you agree.',
  RECOVERY_LINK_EXPIRED: 'The link to change the password has expired or was used. Ask for a new one.',
  TOO_MANY_ATTEMPTS: (v) => `Too many attempts. Try again ${later(v)}.`,
  LINK_NOT_FOUND:
    'No account with these details was found. Compare the payment code, the surname and the flat with your bill.',
  ACCOUNTS_LIMIT: (v) =>
    v.has('limit')
      ? `At most ${v.count('limit', { one: 'account', other: 'accounts' })} can be linked to one e-mail. If you need more, write to us.`
      : 'No more accounts can be linked to this e-mail. If you need more, write to us.',
  ALREADY_LINKED: 'This account is already linked. Choose it in the list of accounts.',
  REQUIRED: 'This field is empty. Fill it in and send again.',
  TOO_LONG: (v) =>
    v.has('max')
      ? `Too long: up to ${v.count('max', CHARACTERS)}${v.has('length') ? `, now ${v.number('length')}` : ''}. Make it shorter.`
      : 'Too long. Make it shorter.',
  METER_NO_SERIAL: (v) =>
    `Readings of a meter without a serial number are not accepted. Bring the meter’s papers to our office${v.has('hours') ? ` (${v.raw('hours')})` : ''}.`,
  METER_REMOVED: (v) =>
    `Readings of a meter that does not work are not accepted. ${v.has('removedOn') ? `It was removed on ${v.date('removedOn')}.` : 'If it does work, call us.'}`,
  READING_WINDOW_CLOSED: (v) =>
    `Readings are not being accepted now. ${v.has('from', 'to') ? `The next time is ${showDays(v.raw('from'), v.raw('to'), 'en')}.` : 'Wait for the next month.'}`,
  NOT_A_NUMBER: 'This is not a number. Type the reading in digits.',
  TOO_MANY_DIGITS: (v) =>
    v.has('digits')
      ? `This meter has ${v.count('digits', DIGITS)} before the decimal point${v.has('entered') ? `, you typed ${v.number('entered')}` : ''}.`
      : 'There are more digits than the meter has. Check the reading.',
  TOO_MANY_DECIMALS: (v) => {
    if (!v.has('decimals')) return 'There are more decimals than the meter has. Check the reading.';
    if (v.raw('decimals') === '0') return 'This meter has no decimals. Type a whole number.';
    return `This meter has ${v.count('decimals', DIGITS)} after the decimal point${v.has('entered') ? `, you typed ${v.number('entered')}` : ''}.`;
  },
  DATE_OUT_OF_RANGE: (v) => {
    if (v.has('from', 'to'))
      return `The date will not do. It may be from ${v.date('from')} to ${v.date('to')}.`;
    if (v.has('from')) return `The date will not do. It may be ${v.date('from')} or later.`;
    return `The date will not do. ${v.has('to') ? `It may be ${v.date('to')} or earlier.` : 'Check it.'}`;
  },
  LESS_THAN_PREVIOUS: (v) =>
    `The reading is less than the last one${v.has('value', 'previous') ? ` (${v.number('value')} < ${v.number('previous')})` : ''}. Check the digits. If the meter was replaced, tell us.`,
  VERIFICATION_EXPIRED: (v) =>
    `The meter’s verification expired${v.has('until') ? ` on ${v.date('until')}` : ''}, its readings are not accepted. Have it verified and send us the result.`,
  IMPLAUSIBLE_JUMP: (v) => {
    const spent = v.has('consumption') ? `A use of ${v.number('consumption')}${unit(v)}` : 'The use';
    if (v.has('times'))
      return `${spent} is ${v.count('times', { one: 'time', other: 'times' })} the usual. Check the digits and confirm if all is right.`;
    return `${spent} is more than usual${v.has('usualTo') ? ` (usually up to ${v.number('usualTo')}${unit(v)})` : ''}. Check the digits and confirm if all is right.`;
  },
  ZERO_CONSUMPTION: 'The reading is the same as last time. If you used nothing, all is right.',
  ROLLOVER: (v) =>
    `The meter seems to have passed zero${v.has('consumption') ? `: a use of ${v.number('consumption')}${unit(v)}` : ''}. Check the digits.`,
  READING_PARTIAL: (v) =>
    v.has('filled', 'total')
      ? `You have filled in ${v.number('filled')} of ${v.count('total', { one: 'meter', other: 'meters' })}. Send only ${v.form('filled', { one: 'it', other: 'them' })}?`
      : 'You have not filled in all the meters. Send only these?',
  READING_PROCESSED:
    'This reading has been charged and cannot be changed. If it is wrong, write to us: we will recalculate.',
  READING_UNKNOWN_METER: 'This account has no such meter. Reload the page and type the reading again.',
  PERIOD_NOT_OPEN: (v) =>
    `${v.has('month') ? month(v) : 'This month'} is not open, nothing can be changed in it. Make the correction in the open month.`,
  PERIOD_NOT_CLOSED: (v) =>
    `The bill${v.has('month') ? ` for ${showMonthName(v.raw('month'), 'en')}` : ''} comes when the month is closed${v.has('by') ? `, usually by ${showDay(v.raw('by'), 'en')}` : ''}.`,
  EARLIER_PERIOD_OPEN: (v) =>
    `Months are closed in their order. First close ${v.has('month') ? month(v) : 'the one before'}.`,
  CLOSING_IN_PROGRESS:
    'This month is still being closed, or its bills are being made. Wait a little, or discard the computation.',
  CLOSING_NOT_READY: (v) =>
    `The month is not computed yet${v.has('done', 'houses') ? `: ${v.number('done')} of ${v.count('houses', { one: 'house', other: 'houses' })} done` : ''}. Wait for the end and check the totals.`,
  CLOSING_CHANGED: (v) =>
    `Readings, tariffs or account data have changed since${v.has('houses') ? ` in ${v.count('houses', { one: 'house', other: 'houses' })}` : ''}. Compute what changed and check the totals again.`,
  CLOSING_ENDED: 'This closing has been committed or discarded. Open the present one.',
  EXPLANATION_DIFFERS:
    'This line cannot be computed again to the last kopek right now, so its calculation is not shown. The sum on the bill stands. We know about it and will look into it.',
  CLOSING_UNDECIDED: (v) =>
    `Decide on the unusual charges first${v.has('count') ? `: ${v.number('count')} left` : ''}. Charge them as they are, or hold them for the next month.`,
  CLOSING_DIFFERS: (v) =>
    `The independent check came to another sum${v.has('account') ? ` (account ${v.raw('account')}, ${v.raw('service')})` : ''}. The month is not published until the cause is found: tell support.`,
  HOUSE_NOT_FAILED:
    'A month can be closed without a house only where the house could not be computed. Reload the page: the list of such houses has changed.',
  LATER_PERIOD_CLOSED: (v) =>
    `Only the last closed month can be opened again${v.has('month') ? `, and ${month(v)} is closed or being closed` : ''}. Correct it by a recalculation in the open month.`,
  PERIOD_STILL_OPEN: (v) =>
    `${v.has('month') ? `${month(v)}` : 'This month'} is not closed, there is no need to open it again.`,
  NUMBER_OUT_OF_RANGE: (v) =>
    `There is no such number here. ${v.has('least', 'most') ? `It may be from ${v.number('least')} to ${v.number('most')}.` : 'Check it.'}`,
  DAYS_ORDER:
    'These days will not do: the end cannot be before the beginning or behind the one that is known.',
  DAYS_ONE_MONTH: 'Such an act is drawn up for one month. Divide it by months.',
  ACT_OVERLAPS: 'There is such an entry for these days already. End it first.',
  ACT_ENDED: 'This entry has ended already. Reload the page.',
  SERVICE_UNSUITED:
    'The service will not do: the account does not have it on these days, or it has no volume or norm.',
  NO_TARIFF: (v) =>
    `There is no tariff${v.has('services') ? ` for ${v.raw('services')}` : ''}${v.has('month') ? ` in ${month(v)}` : ''}. Enter it and start again.`,
  NO_ZONE_TARIFF:
    'Your organisation has no day and night tariff for electricity, so there is nothing to count by.',
  BELOW_ZERO: 'This number is never below zero. Correct it.',
  TARIFF_PLAN:
    'The steps of the price are wrong. Limits ascend, each with its price; a social norm and a daily limit have one limit, for a person.',
  HEATING_MONTHS: 'Months of heating in a year are a whole number from 1 to 12.',
  MONTH_OF_A_YEAR: 'A month of the year is a number from 1 to 12.',
  PENALTY_BANDS: 'The steps will not do: days ascend, fractions are not below zero, there are 1 to 12 steps.',
  DATES_OVERLAP: 'These days are covered already. Withdraw that entry or choose other days.',
  ACCOUNT_UNKNOWN: 'There is no account with this number. Check it.',
  AMOUNT_OUT_OF_RANGE: (v) =>
    v.has('least', 'most')
      ? `The amount will not do. It may be from ${v.money('least')} to ${v.money('most')}.`
      : 'The amount will not do. Enter another one.',
  MONTH_OUT_OF_RANGE: (v) =>
    v.has('from', 'to')
      ? `A payment cannot be for this month. It may be for any from ${showMonth(v.raw('from'), 'en')} to ${showMonth(v.raw('to'), 'en')}.`
      : 'A payment cannot be for this month. Choose another one.',
  PAYMENT_UNAVAILABLE:
    'Payment is not possible now: the bank does not answer. No money was taken. Try again in a few minutes.',
  IDEMPOTENCY_KEY_REUSED: 'This was sent already with other values. Reload the page and begin again.',
  PHONE_FORM: 'There is a mistake in the phone number. It looks like +7\u00a0912\u00a0345-67-89.',
  FILE_TOO_BIG: (v) =>
    `The file${v.has('name') ? ` “${v.raw('name')}”` : ''} is ${v.has('size') ? v.size('size') : 'too big'}.${v.has('max') ? ` It may be up to ${v.size('max')}.` : ''}`,
  FILE_KIND: (v) =>
    `A file of this kind${v.has('name') ? ` (“${v.raw('name')}”)` : ''} is not accepted. Send ${v.has('allowed') ? v.raw('allowed') : 'a photo, a PDF or a ZIP archive'}.`,
  TOO_MANY_FILES: (v) =>
    `Too many files.${v.has('max') ? ` Up to ${v.count('max', { one: 'file', other: 'files' })} can be attached.` : ' Remove some.'}`,
  REQUEST_STATE: (v) =>
    `This cannot be done with the request now${v.has('state') ? `: its state is “${enumTextOf('RequestState', v.raw('state'), 'en')}”` : ''}. Reload the page.`,
  ALREADY_RATED: 'You have rated this request. It cannot be rated twice.',
  BATCH_TOO_LONG: (v) =>
    `Too many rows at once${v.has('length') ? `: ${v.number('length')}` : ''}.${v.has('max') ? ` Up to ${v.number('max')} can be sent.` : ''} Send them in parts.`,
  KEY_SCOPE: 'The key has no rights. Tick what it may do.',
  PAYMENT_NOT_RECEIVED: (v) =>
    `Only a received payment can be reversed${v.has('state') ? `, and this one is “${enumTextOf('PaymentState', v.raw('state'), 'en')}”` : ''}. Reload the page.`,
  RECALCULATION_CHANGED:
    'The sum of the recalculation has changed meanwhile. Look at it again and confirm the new sum.',
  CATALOGUE_CHANGED: 'Somebody else has changed this meanwhile. Reload the page and see what stands now.',
  LAW_OF_OTHERS:
    'This number holds for organisations where you have no rights, too. Whoever answers for all organisations of the country may change it.',
};
