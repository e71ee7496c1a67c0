import { AKOOL_LIVE_ACTIONS, AKOOL_LIVE_EXPRESSIONS } from '../../services/akool-live/messages.js';

/** What is wrong with a command; null when nothing is. */
export function problemOfCommand(cmd: string, data: Readonly<Record<string, unknown>>): string | null {
  const isOneOf = (names: readonly string[], value: unknown) => value === undefined || (typeof value === 'string' && names.includes(value));
  switch (cmd) {
    case 'interrupt':
      return null;
    case 'set-params':
      return data['mode'] === undefined || data['mode'] === 1 || data['mode'] === 2 ? null : 'mode must be 1 or 2';
    case 'set-action':
      return isOneOf(AKOOL_LIVE_ACTIONS, data['action']) && isOneOf(AKOOL_LIVE_EXPRESSIONS, data['expression']) ? null : 'unknown action or expression';
    default:
      return `unknown command ${cmd}`;
  }
}
