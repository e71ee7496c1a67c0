import { AvatarError } from '../../errors/AvatarError.js';
import { checkedMode } from '../../turn-taking/detector/checkedMode.js';
import type { TurnMode } from '../../turn-taking/detector/TurnDetectorEvent.js';
import type { SessionWiring } from '../sessionWiring.js';
import type { TurnTaking } from './createTurnTaking.js';
import type { TurnTakingOption } from './TurnTakingOptions.js';

/** What the application chooses of the turns: kept here until there is who takes them. */
export interface TurnChoice {
  /** Null where the session does without a detector. */
  readonly mode: TurnMode | null;
  /** Chosen before there was who takes the turns. */
  readonly talking: boolean;
  /** @throws AvatarError `not-ready` where the session does without a detector, `invalid-options` */
  setMode(mode: TurnMode): void;
  /** @throws AvatarError `not-ready` where the session does without a detector */
  setTalking(talking: boolean): void;
  /** A button that is held does not outlive the session. */
  release(): void;
}

/**
 * @param taking who takes the turns; null until that is there.
 * @throws AvatarError `invalid-options`
 */
export function createTurnChoice(option: TurnTakingOption | undefined, wiring: SessionWiring, taking: () => TurnTaking | null): TurnChoice {
  let mode = initialMode(option, wiring);
  let talking = false;

  function assertTurns(): void {
    if (mode !== null) return;
    throw new AvatarError('not-ready', {
      message: 'This session takes no turns: it needs a microphone, and a voice service or a hosted avatar; and turnTaking must not be false.',
    });
  }

  return {
    get mode() {
      return taking()?.mode ?? mode;
    },
    get talking() {
      return talking;
    },
    setMode(next) {
      assertTurns();
      // Whether or not there is a detector yet that would refuse it: much later, nobody would know who had chosen it.
      const checked = checkedMode(next);
      taking()?.setMode(checked);
      mode = checked;
    },
    setTalking(next) {
      assertTurns();
      const taker = taking();
      if (taker) taker.setTalking(next);
      else talking = next;
    },
    release() {
      talking = false;
    },
  };
}

/** Null where nobody answers, nobody is heard, or the application wants no detector. */
function initialMode(option: TurnTakingOption | undefined, { thinksForItself, unused }: SessionWiring): TurnMode | null {
  if (option === false || !thinksForItself || unused.includes('microphone')) return null;
  return option === undefined || 'subscribe' in option ? 'voice' : checkedMode(option.mode ?? 'voice');
}
