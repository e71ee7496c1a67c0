import type { StartRecord } from './measureStart.js';
import type { StartSpan } from './watchStart.js';

/** Chunks of the built page, by what they are for. */
const CODE: readonly (readonly [RegExp, string])[] = [
  [/^code (createSessionEngine|createEngine)/, 'code: engine'],
  [/^code loopback/, "code: the emulator's room"],
  [/^code (agora|createAgora)/, 'code: room'],
  [/^code (connectAkool|createVoiceSocketHost|voiceSocketSource)/, 'code: avatar service'],
  [/^code (captureMicrophone)/, 'code: microphone'],
  [/^code /, 'code: what they share'],
];

/** What happened between a click and the first sound, in milliseconds from the click: each part once, from its first to its last moment. */
export function startSpans({ timeOriginMs, clickAtMs, liveAtMs, pictureAtMs, soundAtMs, spans, server }: StartRecord): StartSpan[] {
  const parts = new Map<string, StartSpan>();
  const add = (name: string, fromMs: number, toMs: number) => {
    const known = parts.get(name);
    parts.set(name, { name, fromMs: Math.min(fromMs - clickAtMs, known?.fromMs ?? Infinity), toMs: Math.max(toMs - clickAtMs, known?.toMs ?? -Infinity) });
  };
  for (const { name, fromMs, toMs } of spans) add(CODE.find(([pattern]) => pattern.test(name))?.[1] ?? name, fromMs, toMs);

  const onPage = (atMs: number) => atMs - timeOriginMs;
  const at = (what: string) => server.find((moment) => moment.what === what)?.atMs;
  const [askMs, openMs] = [at('relay-ask'), at('relay-open')];
  const inRoom = spans.find(({ name }) => name === 'avatar in the room');
  parts.delete('avatar in the room');
  if (askMs !== undefined && openMs !== undefined) add('relay to the vendor', onPage(askMs), onPage(openMs));
  if (openMs !== undefined && inRoom) add('vendor session, until the avatar is in the room', onPage(openMs), inRoom.toMs);
  const published = Math.max(...spans.filter(({ name }) => name === 'subscribe video').map(({ fromMs }) => fromMs));
  if (pictureAtMs !== null && Number.isFinite(published)) add('first picture', published, pictureAtMs);
  if (soundAtMs !== null) add('first sound', liveAtMs ?? inRoom?.toMs ?? clickAtMs, soundAtMs);
  return [...parts.values()].sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
}

/** The same parts of several starts, each at its medians. */
export function medianSpans(starts: readonly (readonly StartSpan[])[]): StartSpan[] {
  const names = new Set(starts.flatMap((spans) => spans.map(({ name }) => name)));
  return [...names]
    .map((name) => {
      const all = starts.flatMap((spans) => spans.filter((span) => span.name === name));
      return { name, fromMs: Math.round(quantile(all.map(({ fromMs }) => fromMs), 0.5)), toMs: Math.round(quantile(all.map(({ toMs }) => toMs), 0.5)), seen: all.length };
    })
    .filter(({ seen }) => seen * 2 > starts.length)
    .map(({ name, fromMs, toMs }) => ({ name, fromMs, toMs }))
    .sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
}

/** @param share 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
