import { AvatarError } from '../../errors/AvatarError.js';

const MAX_FRAMES = 3;

/**
 * Where a foreign error came from, for the operator's log: its name and the first lines of its stack. Never its message,
 * which could quote a connection string or a header.
 */
export function describeCause(error: unknown): string | undefined {
  const cause = AvatarError.isInstance(error) ? error.cause : error;
  if (!(cause instanceof Error)) return undefined;
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, MAX_FRAMES);
  return [cause.name, ...frames.map((line) => line.trim())].join(' ');
}
