import { akoolChatRoom, akoolLive, akoolStreaming, dve, pipeline, type AvatarSessionOptions, type Playback } from 'visavis/client';

/** Rate of the page's own synthesiser. */
const SYNTHESIS_RATE_HZ = 24_000;
const MS_PER_LETTER = 60;
const STORY = 'Once upon a time there was a voice that could not be stopped, and it went on and on, about this and that and nothing in particular. '.repeat(4);

/** Which of the five wirings a test has asked for. */
export function wiringOf(query: URLSearchParams, playback: Playback, workerUrl?: string): Pick<AvatarSessionOptions, 'avatar' | 'voice' | 'playback'> {
  const assistantId = query.get('voice');
  const worker = workerUrl === undefined ? {} : { workerUrl };
  // A microphone that never stops needs no silence in between, and what arrives is then what was heard, sample for sample.
  const quiet = query.has('blocked') || query.has('quiet') ? { fillSilence: false } : {};
  const heartbeatIntervalMs = Number(query.get('heartbeat') ?? 30_000);
  const face = akoolStreaming({ avatarId: 'emulated', heartbeatIntervalMs, pongTimeoutMs: Math.min(10_000, heartbeatIntervalMs), ...worker });
  if (assistantId) return query.has('face') ? { voice: dve({ assistantId, ...worker, ...quiet }), avatar: face } : { voice: dve({ assistantId, ...worker, ...quiet }), playback };
  if (query.has('reads')) return { voice: pipeline({ synthesize: hum, sampleRateHz: SYNTHESIS_RATE_HZ }), avatar: face };
  if (query.has('talks')) {
    // Answers everything at length, and leaves it to the page to notice that it is interrupted.
    const voice = pipeline({ transcribe: understand, respond: () => STORY, synthesize: hum, sampleRateHz: SYNTHESIS_RATE_HZ, bargeIn: 'transcript' });
    return query.has('face') ? { voice, avatar: face } : { voice, playback };
  }
  switch (query.get('hosted')) {
    case 'dialogue':
    case 'retelling':
      return { avatar: akoolLive({ avatarId: 'emulated', mode: query.get('hosted') === 'dialogue' ? 'dialogue' : 'retelling' }) };
    case 'chat-room':
      return { avatar: akoolChatRoom({ avatarId: 'emulated' }) };
    default:
      return { avatar: face };
  }
}

/** What a slow recogniser makes of anything. */
async function understand(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 500));
  return 'Tell me a story.';
}

/** Speech enough for an emulated mouth: a hum as long as the sentence takes to say. */
function hum(sentence: string): Int16Array {
  const length = (sentence.length * MS_PER_LETTER * SYNTHESIS_RATE_HZ) / 1000;
  return Int16Array.from({ length }, (_, i) => 9000 * Math.sin((2 * Math.PI * 180 * i) / SYNTHESIS_RATE_HZ));
}
