import { showDate, showMoney, showMonth } from '@kvartal/words';
import type { RequestNews } from './letter';
import type { Letters } from './letters';

const NOT_ME = 'If it was not you, simply delete this letter: nothing will happen.';
const NEWS: Readonly<Record<RequestNews, string>> = {
  CREATED: 'received',
  CLARIFICATION: 'your answer is needed',
  ASSIGNED: 'somebody was assigned',
  MESSAGE: 'a new answer',
};

/** The letters in English. */
export const en: Letters = {
  frame: {
    copy: 'If the button does not open, copy the address:',
    automatic: 'This letter was sent automatically; there is no need to answer it.',
  },
  requestNews: (news) => NEWS[news],
  confirmRegistration: (told) => ({
    template: 'confirm-registration',
    subject: 'Confirm your registration',
    heading: 'Confirm your registration',
    paragraphs: [
      `You registered in the personal account with the login ${told.login}. It remains to confirm that this address is yours.`,
    ],
    button: { label: 'Confirm the address', url: told.url },
    note: `The link works until ${told.until}, once. ${NOT_ME}`,
  }),
  emailTaken: (told) => ({
    template: 'email-taken',
    subject: 'Somebody tried to register with your address',
    heading: 'You are registered already',
    paragraphs: [
      `Somebody, perhaps you yourself, tried to open one more account with this address. You already have one, with the login ${told.login}.`,
      'If you have forgotten the password, set a new one: it takes a minute.',
    ],
    button: { label: 'Restore access', url: told.url },
    note: NOT_ME,
  }),
  recovery: (told) => ({
    template: 'recovery',
    subject: 'A new password for your personal account',
    heading: 'Set a new password',
    paragraphs: [`A new password was asked for the login ${told.login}.`],
    button: { label: 'Set a new password', url: told.url },
    note: `The link works until ${told.until}, once. ${NOT_ME}`,
  }),
  passwordChanged: (told) => ({
    template: 'password-changed',
    subject: 'The password was changed',
    heading: 'The password was changed',
    paragraphs: [
      `The password of ${told.login} was changed on ${told.at}. All devices have to sign in anew.`,
    ],
    button: { label: 'It was not me', url: told.url },
    note: 'If it was not you who changed it, press the button and set your own.',
  }),
  accountLinked: (told) => ({
    template: 'account-linked',
    subject: `Account ${told.number} was added`,
    heading: 'The account was added',
    paragraphs: [
      `Account ${told.number}, ${told.address}, was added to your cabinet. Its charges, readings and payments can be seen there now.`,
    ],
    button: { label: 'Open the cabinet', url: told.url },
  }),
  accountLinkedByOther: (told) => ({
    template: 'account-linked-by-other',
    subject: `One more person has joined account ${told.number}`,
    heading: 'One more person has joined the account',
    paragraphs: [
      `Somebody else has added account ${told.number}, ${told.address}, to their cabinet: they named the account number, the surname and the flat.`,
      'If you do not know who it is, tell your organisation: the access can be withdrawn.',
    ],
    button: { label: 'Open the cabinet', url: told.url },
  }),
  billIssued: (told) => ({
    template: 'bill-issued',
    subject: `Bill for ${showMonth(told.month, 'en')}: ${showMoney(told.total, told.currency)}`,
    heading: `To pay: ${showMoney(told.total, told.currency)}`,
    paragraphs: [
      `The bill for ${showMonth(told.month, 'en')} of account ${told.number}, ${told.address}, is ready.`,
    ],
    facts: [
      { label: 'To pay', value: showMoney(told.total, told.currency) },
      { label: 'Pay by', value: showDate(told.payBy) },
    ],
    button: { label: 'See and pay', url: told.url },
  }),
  paymentReceived: (told) => ({
    template: 'payment-received',
    subject: `Payment of ${showMoney(told.amount, told.currency)} received`,
    heading: `Payment of ${showMoney(told.amount, told.currency)} received`,
    paragraphs: [`The money was credited to account ${told.number}.`],
    facts: [
      { label: 'Amount', value: showMoney(told.amount, told.currency) },
      { label: 'Date of payment', value: showDate(told.paidOn) },
      { label: 'Order number', value: told.order },
      {
        label: told.balance.startsWith('-') ? 'Overpaid' : 'Left to pay',
        value: showMoney(told.balance.replace('-', ''), told.currency),
      },
    ],
    button: { label: 'Open payments', url: told.url },
  }),
  paymentReversed: (told) => ({
    template: 'payment-reversed',
    subject: `Payment of ${showMoney(told.amount, told.currency)} reversed`,
    heading: `Payment of ${showMoney(told.amount, told.currency)} reversed`,
    paragraphs: [
      `The organisation took this payment off account ${told.number}. If you did pay, tell it the number and the day of the payment.`,
    ],
    facts: [
      { label: 'Amount', value: showMoney(told.amount, told.currency) },
      { label: 'Paid on', value: showDate(told.paidOn) },
      { label: 'Reason', value: told.reason },
      {
        label: told.balance.startsWith('-') ? 'Overpaid' : 'Left to pay',
        value: showMoney(told.balance.replace('-', ''), told.currency),
      },
    ],
    button: { label: 'Open payments', url: told.url },
  }),
  requestChanged: (told) => ({
    template: 'request-changed',
    subject: `Request No. ${told.number}: ${told.what}`,
    heading: `Request No. ${told.number}: ${told.what}`,
    paragraphs: [told.category, ...(told.text ? [told.text] : [])],
    button: { label: 'Open the request', url: told.url },
  }),
};
