import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { create } from 'svg-captcha';
import { RedisClient, Refusal } from '@kvartal/platform';
import { captchaQuestion, type Locale } from '@kvartal/words';
import { newToken } from '../tokens';
import type { Captcha, CaptchaAnswerInput } from './entry.types';

const SECONDS = 600;
/** Without those that are taken for one another: 0 O, 1 I l, 5 S, 8 B. */
const LETTERS = 'ACDEFGHJKLMNPRTUVWXYZ234679';
/** White behind the letters: named as an option, it would colour them too, some so pale that nobody reads them. */
const PAPER = '<rect width="100%" height="100%" fill="#fff"/>';
const keyOf = (id: string): string => `captcha:${id}`;

/**
 * Pictures with a code, and sums in words for whoever cannot see them: a small hurdle for programs. The answer waits in
 * Redis, for one try; how many one may have is limited by address, whichever kind they are.
 */
@Injectable()
export class Captchas {
  constructor(private readonly redis: RedisClient) {}

  async draw(): Promise<Captcha> {
    const { text, data } = create({
      size: 5,
      charPreset: LETTERS,
      noise: 2,
      color: false,
      width: 150,
      height: 50,
    });
    return { id: await this.keep(text), svg: data.replace('>', `>${PAPER}`), question: null };
  }

  /** A sum in words whose result is a number from 2 to 23. */
  async ask(locale: Locale): Promise<Captcha> {
    const [a, b] = [randomInt(2, 13), randomInt(2, 13)];
    const c = randomInt(1, Math.min(a + b - 1, 13));
    return {
      id: await this.keep(String(a + b - c)),
      svg: null,
      question: captchaQuestion(locale, [a, b, c]),
    };
  }

  /** What stands on the picture; undefined where it is unknown or used up. For development: nothing that serves people asks. */
  async read(id: string): Promise<string | undefined> {
    return (await this.redis.get(keyOf(id))) ?? undefined;
  }

  /** Refuses CAPTCHA_WRONG at `captcha` where there is no answer, or not the right one. Right or wrong, it is used up. */
  async demand(answer: CaptchaAnswerInput | null | undefined): Promise<void> {
    const expected = answer ? await this.redis.getdel(keyOf(answer.id)) : null;
    if (!answer || !expected || answer.text.trim().toUpperCase() !== expected.toUpperCase())
      throw new Refusal('CAPTCHA_WRONG', { path: ['captcha'] });
  }

  private async keep(text: string): Promise<string> {
    const id = newToken(128).text;
    await this.redis.set(keyOf(id), text, 'EX', SECONDS);
    return id;
  }
}
