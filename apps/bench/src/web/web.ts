import type { Arguments } from '../arguments';
export async function benchWeb(_: Arguments): Promise<void> {}
