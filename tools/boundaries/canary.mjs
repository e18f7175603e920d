// Proves that the lint rule holds the directions of table.mjs: five imports that must be refused are put in place for a
// moment and linted. The rule can skip itself in silence (no project graph, a renamed tag): then this fails.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createProjectGraphAsync } from '@nx/devkit';

const forbidden = {
  'libs/domain/src/canary.ts':
    "import { Injectable } from '@nestjs/common';\nexport const canary = Injectable;\n",
  'libs/server/billing/src/canary.ts':
    "import { PaymentsModule } from '@kvartal/payments';\nexport const canary = PaymentsModule;\n",
  'libs/server/platform/src/canary.ts':
    "import { AuthModule } from '@kvartal/auth';\nexport const canary = AuthModule;\n",
  'libs/web/ui/src/canary.ts':
    "import { Refusal } from '@kvartal/platform';\nexport const canary = Refusal;\n",
  'apps/cabinet/src/canary.ts':
    "import { money } from '../../../libs/domain/src/money';\nexport const canary = money;\n",
};
const RULE = '@nx/enforce-module-boundaries';

await createProjectGraphAsync();
let missed = 0;
try {
  for (const [file, text] of Object.entries(forbidden)) writeFileSync(file, text);
  const linted = spawnSync('eslint', ['--format', 'json', ...Object.keys(forbidden)], { encoding: 'utf8' });
  const results = JSON.parse(linted.stdout || '[]');
  for (const file of Object.keys(forbidden)) {
    const refused = results.some(
      ({ filePath, messages }) => filePath.endsWith(file) && messages.some(({ ruleId }) => ruleId === RULE),
    );
    if (!refused) missed += 1;
    console.log(`${refused ? 'refused' : 'NOT REFUSED'}: ${file}`);
  }
  if (missed) console.error(linted.stderr);
} finally {
  for (const file of Object.keys(forbidden)) rmSync(file, { force: true });
}
console.log(`${Object.keys(forbidden).length - missed} passed, ${missed} failed`);
process.exit(missed ? 1 : 0);
