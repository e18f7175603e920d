import { computed, inject, type Signal } from '@angular/core';
import type { Locale } from '@kvartal/words';
import { Language } from './language';

/** The few words that belong to the parts themselves, not to a page. */
interface UiWords {
  close: string;
  optional: string;
  month: string;
  previousMonth: string;
  noEarlier: string;
  noLater: string;
  asTable: string;
  asChart: string;
  lastYear: string;
  estimated: string;
  undo: string;
  loading: string;
  calendar: string;
  noDay: string;
  notBefore: string;
  notAfter: string;
}

const WORDS: Readonly<Record<Locale, UiWords>> = {
  ru: {
    close: 'Закрыть',
    optional: 'необязательно',
    month: 'Месяц',
    previousMonth: 'Раньше',
    noEarlier: 'Более ранних месяцев нет',
    noLater: 'Следующий месяц ещё не рассчитан',
    asTable: 'Таблицей',
    asChart: 'Диаграммой',
    lastYear: 'Год назад',
    estimated: 'без показаний',
    undo: 'Вернуть',
    loading: 'Загружаем',
    calendar: 'Выбрать в календаре',
    noDay: 'Введите день так: 01.12.2026.',
    notBefore: 'Не раньше',
    notAfter: 'Не позже',
  },
  kk: {
    close: 'Жабу',
    optional: 'міндетті емес',
    month: 'Ай',
    previousMonth: 'Ертерек',
    noEarlier: 'Бұдан ерте айлар жоқ',
    noLater: 'Келесі ай әлі есептелмеген',
    asTable: 'Кесте түрінде',
    asChart: 'Диаграмма түрінде',
    lastYear: 'Бір жыл бұрын',
    estimated: 'көрсеткішсіз',
    undo: 'Қайтару',
    loading: 'Жүктелуде',
    calendar: 'Күнтізбеден таңдау',
    noDay: 'Күнді былай енгізіңіз: 01.12.2026.',
    notBefore: 'Ең ерте күн:',
    notAfter: 'Ең кеш күн:',
  },
  en: {
    close: 'Close',
    optional: 'optional',
    month: 'Month',
    previousMonth: 'Earlier',
    noEarlier: 'There are no earlier months',
    noLater: 'The next month has not been charged yet',
    asTable: 'As a table',
    asChart: 'As a chart',
    lastYear: 'A year ago',
    estimated: 'no readings',
    undo: 'Undo',
    loading: 'Loading',
    calendar: 'Choose in a calendar',
    noDay: 'Type the day like this: 01.12.2026.',
    notBefore: 'Not before',
    notAfter: 'Not after',
  },
};

/** The words in the language of the page. Call in an injection context. */
export function uiWords(): Signal<UiWords> {
  const language = inject(Language);
  return computed(() => WORDS[language.code()]);
}
