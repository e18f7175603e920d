import type { IconName, Tone } from '@kvartal/ui';
import type { RequestState } from '../../generated/graphql';

/** How each state looks: always an icon and a word. */
export const REQUEST_LOOKS: Readonly<Record<RequestState, { tone: Tone; icon: IconName }>> = {
  NEW: { tone: 'neutral', icon: 'plus' },
  IN_WORK: { tone: 'info', icon: 'wrench' },
  CLARIFICATION: { tone: 'now', icon: 'message-square' },
  DONE: { tone: 'good', icon: 'check' },
  CLOSED: { tone: 'neutral', icon: 'lock' },
  CANCELED: { tone: 'neutral', icon: 'x' },
  REJECTED: { tone: 'bad', icon: 'x' },
};
