import { AvatarError } from '../../errors/AvatarError.js';

/** What RTM refused, with the number that it gives: `errorCode` in its own errors, `code` in older ones. */
export function rtmError(message: string, cause: unknown): AvatarError {
  const facts: object = typeof cause === 'object' && cause !== null ? cause : {};
  const code: unknown = Reflect.get(facts, 'errorCode') ?? Reflect.get(facts, 'code');
  return new AvatarError('channel-failed', { message, cause, context: { code: typeof code === 'number' || typeof code === 'string' ? code : null } });
}
