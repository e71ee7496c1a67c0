/** Says how long something still takes: in minutes from 50 seconds on, in seconds below. */
export function inMinutes(seconds: number, say: Readonly<Record<'minutes' | 'seconds', (count: number) => string>>): string {
  return seconds >= 50 ? say.minutes(Math.round(seconds / 60)) : say.seconds(seconds);
}
