import { AvatarError } from '../../errors/AvatarError.js';
import type { TurnMode } from './TurnDetectorEvent.js';

const MODES: readonly TurnMode[] = ['voice', 'transcript', 'push-to-talk', 'off'];

/** @throws AvatarError `invalid-options` */
export function checkedMode(mode: TurnMode): TurnMode {
  if (MODES.includes(mode)) return mode;
  throw new AvatarError('invalid-options', { message: `There is no mode ${String(mode)}. Modes are ${MODES.join(', ')}.` });
}
