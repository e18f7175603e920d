import { TestBed } from '@angular/core/testing';
import type { RefusalData } from '@kvartal/api-client';
import { backofficeProviders, button, find, settled, signedIn, textOf } from '../../testing';
import { type Filled, FilledForm, type FormField } from './filled-form';

const FIELDS: readonly FormField[] = [
  { name: 'from', label: 'Первый день', type: 'day' },
  { name: 'value', label: 'Показание', type: 'number' },
  { name: 'document', label: 'Документ', type: 'text', isOptional: true },
];
const TOO_LITTLE: RefusalData = {
  code: 'LESS_THAN_PREVIOUS',
  path: ['input', 'value'],
  params: [
    { name: 'value', value: '1' },
    { name: 'previous', value: '2' },
  ],
};

/** The form, answered by what `answers` holds, and what it sent. */
async function shown(answers: readonly (readonly RefusalData[])[], isDanger = false) {
  TestBed.configureTestingModule({ providers: backofficeProviders() });
  await signedIn();
  const fixture = TestBed.createComponent(FilledForm);
  const sent: { filled: Filled; key: string }[] = [];
  const made: true[] = [];
  fixture.componentRef.setInput('fields', FIELDS);
  fixture.componentRef.setInput('action', 'Сохранить');
  fixture.componentRef.setInput('isDanger', isDanger);
  fixture.componentRef.setInput('send', (filled: Filled, key: string) => {
    sent.push({ filled, key });
    return Promise.resolve(answers[sent.length - 1] ?? []);
  });
  fixture.componentInstance.made.subscribe(() => made.push(true));
  await settled();
  const page: HTMLElement = fixture.nativeElement;
  return { page, sent, made };
}

async function type(page: HTMLElement, name: string, text: string): Promise<void> {
  const box = find<HTMLInputElement>(page, `#field-${name}`);
  box.value = text;
  box.dispatchEvent(new Event('input'));
  await settled();
}

async function save(page: HTMLElement): Promise<void> {
  button(page, 'Сохранить').click();
  await settled();
}

const summary = (page: HTMLElement): string[] =>
  [...page.querySelectorAll<HTMLElement>('kv-error-summary li')].map(textOf);

describe('FilledForm', () => {
  it('says of each field what is wrong with it, above by the name of the field, and sends nothing', async () => {
    const { page, sent } = await shown([]);
    await type(page, 'value', 'много');
    await save(page);
    expect(summary(page)).toEqual([
      'Первый день: поле не заполнено. Заполните его и отправьте снова.',
      'Показание: это не число. Введите цифрами, дробную часть — после запятой.',
    ]);
    expect(find(page, '#field-value-error').textContent).toContain('Это не число');
    expect(sent).toEqual([]);
  });

  it('sends days and numbers in the form of the API', async () => {
    const { page, sent, made } = await shown([]);
    await type(page, 'from', '01.11.2026');
    await type(page, 'value', '1 234,5');
    await save(page);
    expect(sent.map(({ filled }) => filled)).toEqual([{ from: '2026-11-01', value: '1234.5', document: '' }]);
    expect(made).toEqual([true]);
  });

  it('keeps what was refused, says why at its field, and sends the next under another key', async () => {
    const { page, sent, made } = await shown([[TOO_LITTLE], []]);
    await type(page, 'from', '01.11.2026');
    await type(page, 'value', '1');
    await save(page);
    expect(made).toEqual([]);
    expect(find(page, '#field-value-error').textContent).toMatch(/меньше/);
    expect(summary(page)[0]).toMatch(/^Показание: /);
    expect(find<HTMLInputElement>(page, '#field-from').value).toBe('01.11.2026');
    await type(page, 'value', '3');
    await save(page);
    expect(made).toEqual([true]);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(2);
  });

  it('does not call it a cancellation to leave what would be cancelled', async () => {
    const { page } = await shown([], true);
    expect(textOf(button(page, 'Оставить как есть'))).toBe('Оставить как есть');
  });
});
