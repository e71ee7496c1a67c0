import { AvatarError } from '../../errors/AvatarError.js';
import type { AvatarParams } from '../service.js';

/** What is the same for every avatar that hears and thinks for itself. */
export interface HostedOptions {
  /** Which avatar to ask the server for; the server's default when left out. */
  readonly avatarId?: string;
  readonly voiceId?: string;
  /** The vendor's code, such as `en`. */
  readonly language?: string;
  readonly backgroundUrl?: string;
  /** Whether the avatar answers what it hears and is sent (`dialogue`), or repeats what it is sent (`retelling`). Default: the server's. */
  readonly mode?: AvatarParams['mode'];
  /** Time for the avatar to come into the room, once the room is joined. Default 45,000; a busy vendor queues. */
  readonly joinTimeoutMs?: number;
  /** How long the avatar may be out of the room before the connection counts as lost: the vendor may publish again. Default 5,000. */
  readonly leaveGraceMs?: number;
}

/** Options with every default filled in. */
export interface HostedSettings {
  readonly mode: AvatarParams['mode'];
  readonly joinTimeoutMs: number;
  readonly leaveGraceMs: number;
}

/**
 * Fills in the defaults.
 * @throws AvatarError `invalid-options`
 */
export function hostedSettings(service: string, { mode, joinTimeoutMs = 45_000, leaveGraceMs = 5_000 }: HostedOptions): HostedSettings {
  if (mode !== undefined && mode !== 'retelling' && mode !== 'dialogue') {
    throw new AvatarError('invalid-options', { message: `${service}: mode must be retelling or dialogue, not ${String(mode)}.` });
  }
  checkDurations(service, { joinTimeoutMs, leaveGraceMs });
  return { mode, joinTimeoutMs, leaveGraceMs };
}

/** @throws AvatarError `invalid-options` unless every value is a positive number of milliseconds. */
export function checkDurations(service: string, durations: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(durations)) {
    if (Number.isFinite(value) && value > 0) continue;
    throw new AvatarError('invalid-options', { message: `${service}: ${name} must be a positive number of milliseconds, not ${String(value)}.`, context: { option: name } });
  }
}

/** What the session route is asked for. */
export function hostedWishes(service: string, { avatarId, voiceId, language, backgroundUrl, mode }: HostedOptions): Readonly<Record<string, string>> {
  const wishes = { service, avatarId, voiceId, language, backgroundUrl, mode };
  return Object.fromEntries(Object.entries(wishes).flatMap(([name, value]) => (value ? [[name, value] as const] : [])));
}
