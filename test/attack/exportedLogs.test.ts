import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { akoolChatRoom, akoolLive, akoolStreaming, AvatarError, createAvatarSession, dve, replayLog, type AvatarSessionOptions, type Grant } from '../../src/client.js';
import { createFakeAvatarService, createFakeChannel, createFakeMicrophone, createFakePlayback, createFakeVoiceService, createManualClock } from '../../src/testing.js';
import { plantPass, plantShort, shortSecret, type Planting } from './plantings.js';
import { AGORA, startTarget, type Target } from './startTarget.js';

/** What each wiring asks the server for, and how it is made; the vendors themselves are played. */
const WIRINGS = {
  puppet: { wishes: akoolStreaming().grantRequest },
  driven: { wishes: akoolStreaming().grantRequest, input: 'none' },
  composed: { wishes: { ...akoolStreaming().grantRequest, ...dve().grantRequest }, voice: true },
  'voice only': { wishes: { avatar: false, ...dve().grantRequest }, voice: true, avatar: false },
  pipeline: { wishes: null, voice: true, avatar: false },
  hosted: { wishes: akoolLive().grantRequest, hears: 'room' },
  'chat room': { wishes: akoolChatRoom().grantRequest, hears: 'room' },
} as const satisfies Readonly<Record<string, Wiring>>;

interface Wiring {
  readonly wishes: Readonly<Record<string, unknown>> | null;
  readonly input?: 'none';
  readonly voice?: true;
  readonly avatar?: false;
  readonly hears?: 'room';
}

const PLACES = ['grant', 'grant-cause', 'connect', 'disconnect', 'error', 'channel', 'channel-error', 'microphone', 'device', 'user', 'assistant', 'unheard', 'nested', 'member'] as const;
type Place = (typeof PLACES)[number];

/** A failure that says all of it: in its words, in its context, deep inside of that, and in its cause. */
function failure({ text }: Planting, place: Place): AvatarError {
  const [nested, member] = [{ response: { headers: [text], token: text } }, { [text]: text }];
  const context = { url: text, answer: text, ...(place === 'nested' ? nested : {}), ...(place === 'member' ? member : {}) } as unknown as AvatarError['context']; // more than its type allows
  return new AvatarError('connection-lost', { message: `It was lost: ${text}`, context, cause: new Error(text), retryable: true });
}

/** Lets a session of this wiring meet the secrets at these places, and gives all that its log and its replay hold. */
async function shownBy(wiring: Wiring, grant: Grant | null, planted: readonly (readonly [Place, Planting])[], logText: boolean): Promise<string> {
  const clock = createManualClock();
  const avatar = createFakeAvatarService(wiring.hears ? { hears: wiring.hears } : {});
  const voice = createFakeVoiceService({ grantRequest: wiring.wishes && {} });
  const [channel, microphone] = [createFakeChannel(), createFakeMicrophone()];
  const service = wiring.avatar === false ? voice : avatar;
  const refusals = planted.filter(([place]) => place === 'grant' || place === 'grant-cause');
  const options: AvatarSessionOptions = {
    async grant() {
      const [place, planting] = refusals.shift() ?? [];
      if (planting) throw place === 'grant' ? failure(planting, 'grant') : new Error(planting.text);
      return grant;
    },
    channel, microphone, clock, playback: createFakePlayback(), maxRetryAttempts: 20,
    ...(wiring.avatar === false ? {} : { avatar }), ...(wiring.voice ? { voice } : {}), ...(wiring.input ? { input: wiring.input } : {}),
  };
  const session = createAvatarSession(options);
  const started = session.start().catch(() => undefined); // it may be refused for good
  await clock.advance(20_000);
  for (const [place, planting] of planted) {
    const error = failure(planting, place);
    if (place === 'connect') service.refuseNext(error);
    if (place === 'connect' || place === 'disconnect' || place === 'nested' || place === 'member') service.emit({ type: 'disconnect', error, unsentAudioMs: 0 });
    if (place === 'error') service.emit({ type: 'error', error });
    if (place === 'channel') channel.emit({ type: 'disconnect', error });
    if (place === 'channel-error') channel.emit({ type: 'error', error });
    if (place === 'microphone') microphone.fail(error);
    if (place === 'device') microphone.push({ deviceId: planting.text });
    if (place === 'user' || place === 'assistant') service.emit({ type: 'transcript', role: place, text: planting.text, final: true });
    if (place === 'unheard') voice.emit({ type: 'transcript', role: 'assistant', text: 'So', unheard: planting.text, final: true });
    await clock.advance(20_000);
  }
  const log = JSON.stringify(await session.exportLog({ logText }));
  await session.end();
  await started;
  const replay = replayLog(log);
  expect(replay.matches).toBe(true);
  return [log, tell(replay)].join('\n');
}

/** All that somebody finds who looks through it, errors with what they hide from JSON. */
function tell(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) => (member instanceof Error ? { ...member, message: member.message, cause: String(member.cause) } : member));
}

function passesOf({ renewal, avatar, voice, channel }: Grant): string[] {
  return [renewal, channel?.token, ...[avatar, voice].map((part) => (part && 'ticket' in part ? part.ticket : undefined))].filter((pass) => pass !== undefined);
}

describe('an exported log, and its replay', () => {
  let target: Target;
  beforeAll(async () => {
    target = await startTarget();
  });
  afterAll(() => target.close());

  it.each(Object.entries<Wiring>(WIRINGS))('holds no key, pass or token of a session that is wired as %s', async (_name, wiring) => {
    const grant = wiring.wishes && (await target.grant('mallory', wiring.wishes));
    // The pipeline needs no server: there a key of the application's own is all there is.
    const passes = grant ? passesOf(grant) : [];
    expect(passes.length).toBeGreaterThanOrEqual(grant === null ? 0 : wiring.hears || wiring.avatar === false ? 2 : 3);
    const [long, short] = [passes.filter(({ length }) => length >= 60), passes.filter(({ length }) => length < 60)];
    // The room's token of the vendor that is played is shorter than any of Agora's.
    const keys = [target.vendor.apiKey, target.live.apiKey, target.voice.apiKey, AGORA.certificate, ...short];
    const planting = fc.oneof(shortSecret.chain(plantShort), fc.constantFrom(...keys).chain(plantShort), ...(long.length > 0 ? [fc.constantFrom(...long).chain(plantPass)] : []));
    const property = fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...PLACES), planting), { minLength: 1, maxLength: 6 }), fc.boolean(), async (planted, logText) => {
      const shown = await shownBy(wiring, grant, planted, logText);
      const found = [...passes, ...planted.flatMap(([, { telling }]) => telling)].filter((secret) => shown.includes(secret) || shown.includes(JSON.stringify(secret).slice(1, -1)));
      expect(found).toEqual([]);
    });
    await fc.assert(property, { numRuns: 60 });
  }, 120_000);

  it('would show what was said, so that something is looked through', async () => {
    const grant = await target.grant('mallory', WIRINGS.puppet.wishes);
    const harmless: Planting = { text: 'nothing of worth', telling: [] };
    for (const place of PLACES.filter((each) => !['error', 'channel-error', 'grant-cause', 'device', 'unheard'].includes(each)))
      expect(await shownBy(WIRINGS.puppet, grant, [[place, harmless]], true), place).toContain(harmless.text);
    expect(await shownBy(WIRINGS.composed, await target.grant('mallory', WIRINGS.composed.wishes), [['unheard', harmless]], true)).toContain(harmless.text);
  });
});
