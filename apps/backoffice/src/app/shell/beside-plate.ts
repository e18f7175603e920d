/** An address beside the plate of its house: the plate has the number, so the line does not repeat it. */
export function besidePlate(address: string, house: string): string {
  return address
    .split(', ')
    .filter((part) => part !== house)
    .join(', ');
}
