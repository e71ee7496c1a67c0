import { AvatarError } from '../../errors/AvatarError.js';
import type { AvatarGesture } from '../service.js';
import { AKOOL_LIVE_ACTIONS, AKOOL_LIVE_EXPRESSIONS, type AkoolLiveCommand } from './messages.js';

type ActionData = Extract<AkoolLiveCommand, { cmd: 'set-action' }>['data'];

/**
 * A gesture under the vendor's names.
 * @throws AvatarError `invalid-options` for a name that the avatar does not know, or for none at all.
 */
export function toLiveAction({ action, expression }: AvatarGesture): ActionData {
  if (!action && !expression) throw new AvatarError('invalid-options', { message: 'A gesture needs an action, an expression, or both.' });
  return {
    ...(action ? { action: known('action', action, AKOOL_LIVE_ACTIONS) } : {}),
    ...(expression ? { expression: known('expression', expression, AKOOL_LIVE_EXPRESSIONS) } : {}),
  };
}

function known<Name extends string>(kind: string, given: string, names: readonly Name[]): Name {
  const name = names.find((other) => other === given);
  if (name) return name;
  throw new AvatarError('invalid-options', { message: `The avatar knows no ${kind} "${given}". It knows: ${names.join(', ')}.`, context: { [kind]: given } });
}
