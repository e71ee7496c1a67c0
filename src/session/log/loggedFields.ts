import { isAvatarErrorReason } from '../../errors/AvatarError.js';

/** Members of an object that came from outside, each to be checked where it is read. */
export type Fields = Readonly<Record<string, unknown>>;

/** True for an object that is no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for an error as a log holds it. */
export function isLoggedError(value: unknown): boolean {
  return isFields(value) && isAvatarErrorReason(value['reason']) && typeof value['message'] === 'string' && typeof value['retryable'] === 'boolean' && isFields(value['context']);
}
