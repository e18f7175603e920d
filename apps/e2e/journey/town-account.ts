/** What stands on somebody's bill, read as the staff see it. */
export interface TownAccount {
  number: string;
  holder: string;
  surname: string;
  flat: string;
  address: string;
  /** What is owed, in the API's form; an overpayment is negative. */
  balance: string;
}
