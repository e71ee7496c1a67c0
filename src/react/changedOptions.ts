import type { AvatarSession } from '../session/AvatarSession.js';
import type { AvatarSessionOptions } from '../session/AvatarSessionOptions.js';

/**
 * Names the options that differ, `params` and the mode of `turnTaking` left out: a running session takes those over.
 *
 * Options are compared by value, so that objects and services written inline in JSX are no change. Functions are
 * never a change: they are new at every render. A provider always calls the latest `grant` function.
 */
export function changedOptions(previous: AvatarSessionOptions, next: AvatarSessionOptions): readonly string[] {
  const before = new Map<string, unknown>(Object.entries(withoutMode(previous)));
  const after = new Map<string, unknown>(Object.entries(withoutMode(next)));
  const names = new Set([...before.keys(), ...after.keys()]);
  names.delete('params');
  return [...names].filter((name) => !sameOption(before.get(name), after.get(name))).sort();
}

/** True when two option values mean the same. What is made of functions alone has no value to compare, only an identity. */
export function sameOption(first: unknown, second: unknown): boolean {
  if (Object.is(first, second)) return true;
  if (typeof first === 'function' && typeof second === 'function') return true;
  if (typeof first !== 'object' || typeof second !== 'object' || first === null || second === null) return false;
  if (Object.getPrototypeOf(first) !== Object.getPrototypeOf(second)) return false;
  const before = new Map<string, unknown>(Object.entries(first));
  const after = new Map<string, unknown>(Object.entries(second));
  if (isOnlyFunctions(before) && isOnlyFunctions(after)) return false;
  return [...new Set([...before.keys(), ...after.keys()])].every((name) => sameOption(before.get(name), after.get(name)));
}

/** What interrupts the other side, where the options say so. */
export function turnModeOf({ turnTaking }: AvatarSessionOptions): Parameters<AvatarSession['setTurnMode']>[0] | undefined {
  return turnTaking && !('subscribe' in turnTaking) ? turnTaking.mode : undefined;
}

/** No options for the turns are the same as empty ones. */
function withoutMode({ turnTaking, ...options }: AvatarSessionOptions): AvatarSessionOptions {
  if (turnTaking === false || (turnTaking && 'subscribe' in turnTaking)) return { ...options, turnTaking };
  const { mode: _mode, ...rules } = turnTaking ?? {};
  return { ...options, turnTaking: rules };
}

function isOnlyFunctions(members: ReadonlyMap<string, unknown>): boolean {
  return members.size > 0 && [...members.values()].every((member) => typeof member === 'function');
}
