/** A house number as it stands on its plate: «12 к. 1» is «12/1», «8 корп. 2» is «8/2». */
export const plateText = (house: string): string =>
  house
    .replace(/^(?:д\.|дом)\s*/i, '')
    .replace(/[,\s]*(?:корпус|корп\.?|к\.?)\s*(?=[\dа-яa-z])/i, '/')
    .trim();
