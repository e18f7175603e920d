/** A house number as it stands on its plate: «12 к. 1» is «12/1», «8 корп. 2» is «8/2». */
export const plateText = (house: string): string =>
  house
    .replace(/^(?:д\.|дом)\s*/i, '')
    .replace(/[,\s]*(?:корпус|корп\.?|к\.?)\s*(?=[\dа-яa-z])/i, '/')
    .trim();

/** An address beside the plate of its house: the plate has the number, so the line does not repeat it. */
export const besidePlate = ({ line, house }: { line: string; house: string }): string =>
  line
    .split(', ')
    .filter((part) => part !== house)
    .join(', ');
