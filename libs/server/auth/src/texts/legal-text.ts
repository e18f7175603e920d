import { hashOf } from '../tokens';
import { agreementRu } from './agreement.ru';
import { consentRu } from './consent.ru';

export const LEGAL_TEXTS = { AGREEMENT: agreementRu, PD_PROCESSING: consentRu } as const;
export type ConsentKind = keyof typeof LEGAL_TEXTS;

/** What is kept of a text that somebody agreed to: its version, and its SHA-256 as the proof of its wording. */
export const proofOf = (kind: ConsentKind): { version: string; sha256: Buffer } => ({
  version: LEGAL_TEXTS[kind].version,
  sha256: hashOf(LEGAL_TEXTS[kind].text),
});
