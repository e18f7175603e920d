import { expectNoAxeViolations } from '../journey/axe';
import { moveClock } from '../journey/clock';
import { enter, fillRegistration, newPerson, sendRegistration } from '../journey/entry';
import { cabinet } from '../journey/product';
import { expect, test } from '../journey/test';

// These journeys move the clock of the whole product, so nothing else may run beside them (playwright.config.ts).

test('a link of a letter ends after 48 hours, and the same login may be registered anew', async ({
  page,
}) => {
  const person = newPerson();
  await fillRegistration(page, person);
  const link = await sendRegistration(page, person);
  await moveClock(49);
  try {
    await page.goto(link);
    await expect(page.getByText('Ссылка устарела')).toBeVisible();
    await expectNoAxeViolations(page);
    await page.goto(cabinet('login'));
    await enter(page, person);
    await expect(page.getByRole('alert')).toContainText('Логин или пароль не подходят');
    await fillRegistration(page, person);
    await page.goto(await sendRegistration(page, person));
    await expect(page.getByText('Регистрация подтверждена')).toBeVisible();
  } finally {
    await moveClock(-49);
  }
});
