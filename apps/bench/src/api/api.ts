import type { Arguments } from '../arguments';
export async function benchApi(_: Arguments): Promise<void> {}
