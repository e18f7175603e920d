import { started } from './db.setup.mjs';

export default async function tearDown() {
  await started?.stop();
}
