import { AvatarError } from '../errors/AvatarError.js';

/** An option that cannot be right. */
export function misconfigured(message: string): AvatarError {
  return new AvatarError('server-misconfigured', { message });
}

/** @throws `server-misconfigured` for anything but a URL of these protocols without user name and password. */
export function checkUrl(name: string, value: string, protocols: readonly string[]): string {
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol))
    throw misconfigured(`${name} must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`);
  if (new URL(value).username !== '' || new URL(value).password !== '') throw misconfigured(`${name} must hold no user name or password.`);
  return value;
}

/** @throws `server-misconfigured` for a number out of range. */
export function checkRange(name: string, value: number, min: number, max: number): number {
  if (!Number.isFinite(value) || value < min || value > max) throw misconfigured(`${name} must be a number from ${min} to ${max}.`);
  return value;
}
