/** What services cost and how they are charged. */
export const CATALOGUE_LABELS = {
  TariffPlanKind: {
    MARGINAL: ['По ступеням', 'Сатылар бойынша', 'By slices'],
    WHOLE: ['Весь объём по цене ступени', 'Бүкіл көлем саты бағасымен', 'All at the price of its block'],
    SOCIAL_NORM: ['Социальная норма', 'Әлеуметтік норма', 'Social norm'],
    DAILY_LIMIT: ['Норма на сутки', 'Тәуліктік норма', 'Daily limit'],
  },
  VatMode: {
    NONE: ['Без НДС', 'ҚҚС-сыз', 'No VAT'],
    INCLUSIVE: ['НДС в цене', 'ҚҚС бағаға кіреді', 'VAT included'],
    EXCLUSIVE: ['НДС сверху', 'ҚҚС үстіне қосылады', 'VAT on top'],
  },
  NormKind: {
    PERSON: ['На человека', 'Бір адамға', 'Per person'],
    AREA: ['На м² помещения', 'Үй-жайдың м²-іне', 'Per m² of the premises'],
    COMMON_AREA: ['На м² общего имущества', 'Ортақ мүліктің м²-іне', 'Per m² of common area'],
    HEAT_IN_WATER: ['Тепла в м³ горячей воды', 'Ыстық судың м³-індегі жылу', 'Heat in m³ of hot water'],
    HEATING_MONTHS: ['Месяцев отопления в году', 'Жылына жылыту айлары', 'Months of heating in a year'],
  },
  LegalKind: {
    KEY_RATE: ['Ключевая ставка', 'Базалық мөлшерлеме', 'Key rate'],
    VAT: ['НДС', 'ҚҚС', 'VAT'],
    DUE_DAY: ['Платить до числа', 'Төлеу күні', 'Due day'],
    PENALTY_CAP: ['Ставка пеней не выше', 'Өсімпұл мөлшерлемесі аспайды', 'Penalty rate at most'],
    PENALTY_FIXED: ['Ставка пеней ровно', 'Өсімпұл мөлшерлемесі дәл', 'Penalty rate fixed'],
    NORM_COEFFICIENT: [
      'Повышающий коэффициент норматива',
      'Норматив көтеру коэффициенті',
      'Raised norm’s coefficient',
    ],
    AVERAGE_OF: ['Среднее считают за месяцев', 'Орташа неше айдан', 'Months of an average'],
    AVERAGE_NEEDS: ['Для среднего нужно месяцев', 'Орташаға керек айлар', 'Months an average needs'],
    AVERAGE_LASTS: ['Среднее держится месяцев', 'Орташа неше айға', 'Months an average lasts'],
    ABSENCE_DAYS: [
      'Отсутствие: больше дней подряд',
      'Болмау: қатарынан күннен көп',
      'Absence: more days in a row',
    ],
    INTERRUPTION_PERCENT: [
      'Перерыв: процентов за час',
      'Үзіліс: сағатына пайыз',
      'Interruption: per cent an hour',
    ],
    HEATING_DEGREE_PERCENT: [
      'Холод в квартире: процентов за час и градус',
      'Суық пәтер: сағат пен градусқа пайыз',
      'Cold rooms: per cent an hour and degree',
    ],
    HOT_WATER_DAY_MINIMUM: ['Горячая вода днём, °C', 'Күндізгі ыстық су, °C', 'Hot water by day, °C'],
    HOT_WATER_NIGHT_MINIMUM: ['Горячая вода ночью, °C', 'Түнгі ыстық су, °C', 'Hot water at night, °C'],
  },
  LegalUnit: {
    SHARE: ['доля', 'үлес', 'share'],
    NUMBER: ['число', 'сан', 'number'],
    WHOLE: ['целое число', 'бүтін сан', 'whole number'],
  },
  AreaKind: {
    TOTAL: ['Общая площадь', 'Жалпы аудан', 'Total area'],
    HEATED: ['Отапливаемая площадь', 'Жылытылатын аудан', 'Heated area'],
  },
  CommonMode: {
    METER: ['По общему прибору', 'Ортақ есептегіш бойынша', 'By the house’s meter'],
    NORM: ['По нормативу', 'Норматив бойынша', 'By the norm'],
    AVERAGE: ['По среднему за прошлый год', 'Өткен жылғы орташа бойынша', 'By the average of last year'],
  },
  SharedBy: {
    TOTAL_AREA: ['По общей площади', 'Жалпы аудан бойынша', 'By total area'],
    HEATED_AREA: ['По отапливаемой площади', 'Жылытылатын аудан бойынша', 'By heated area'],
    PEOPLE: ['По проживающим', 'Тұратындар бойынша', 'By people'],
  },
  NegativeCommonPolicy: {
    CARRY: ['Переносится на следующий месяц', 'Келесі айға көшіріледі', 'Carried to the next month'],
    ZERO: ['Считается нулём', 'Нөл деп есептеледі', 'Taken as nothing'],
    DISTRIBUTE: [
      'Уменьшает объёмы помещений',
      'Үй-жайлардың көлемін азайтады',
      'Reduces the premises’ volumes',
    ],
  },
} as const;
