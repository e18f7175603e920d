import { Query, Resolver } from '@nestjs/graphql';
import { For, NotFound } from '@kvartal/platform';
import { LEGAL_TEXTS } from '../texts/legal-text';
import { type Arrival, CurrentArrival } from '../viewers/arrival';
import { Portal } from './portal.types';

const HINTS: Readonly<Record<string, (max: number) => string>> = {
  ru: (max) =>
    `Русские и латинские буквы, цифры, дефис и подчёркивание; первой стоит буква, не длиннее ${max} символов`,
  kk: (max) =>
    `Орыс және латын әріптері, цифрлар, дефис пен астын сызу; бірінші әріп тұрады, ${max} таңбадан аспайды`,
  en: (max) =>
    `Russian and Latin letters, digits, hyphens and underscores; a letter first, at most ${max} characters`,
};

@For('anyone')
@Resolver(() => Portal)
export class PortalResolver {
  @Query(() => Portal, { description: 'anyone. The residents’ site that this request came to.' })
  portal(@CurrentArrival() { portal }: Arrival): Portal {
    if (!portal) throw new NotFound();
    const { rules, ...brand } = portal;
    const hint = HINTS[portal.locale] ?? HINTS['ru'];
    return {
      ...brand,
      loginRule: { maxLength: rules.loginMaxLength, hint: hint?.(rules.loginMaxLength) ?? '' },
      passwordRule: { minLength: rules.passwordMin, maxLength: rules.passwordMax },
      captchaOnRegistration: rules.captchaOnRegistration,
      agreement: LEGAL_TEXTS.AGREEMENT,
      consent: LEGAL_TEXTS.PD_PROCESSING,
    };
  }
}
