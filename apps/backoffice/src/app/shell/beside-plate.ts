/** An address beside the plate of its house: the plate has the number, so the line does not repeat it. */
export function besidePlate(address: string, house: string): string {
  return address
    .split(', ')
    .filter((part) => part !== house)
    .join(', ');
}

/** The number of a house as its plate has it, from its line «Приреченск, Садовая, 12 к. 1». */
export const houseNumber = (house: string): string => house.split(', ').at(-1) ?? house;
