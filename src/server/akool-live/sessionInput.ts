import { z } from 'zod';
import { roomBody, streamInput, type AkoolStream } from './sessionCredentials.js';

export interface AkoolTurnDetection {
  readonly type?: 'server_vad' | 'semantic_vad';
  /** 0..1. The vendor's default is 0.5. */
  readonly threshold?: number;
  /** The vendor's default is 300. */
  readonly prefixPaddingMs?: number;
  /** The vendor's default is 500. */
  readonly silenceDurationMs?: number;
}

export interface AkoolVoiceParams {
  /** Only with `sceneMode: 'fast_dialogue'`, and one of its ten voices. */
  readonly voiceId?: string;
  /** 0.8..1.2. The vendor's default is 1. */
  readonly speed?: number;
  /** Word -> how it is to be spoken. */
  readonly pronunciations?: Readonly<Record<string, string>>;
  readonly sttLanguage?: string;
  readonly sttType?: 'openai_realtime';
  readonly turnDetection?: AkoolTurnDetection;
  readonly elevenLabs?: {
    readonly apiKey?: string;
    readonly modelId?: string;
    /** 0..1, as the next two. */
    readonly stability?: number;
    readonly similarityBoost?: number;
    readonly style?: number;
    readonly useSpeakerBoost?: boolean;
  };
}

export interface CreateSessionInput {
  readonly avatarId: string;
  /** 1..3600. Paid for at once; what is not used comes back when the session is closed. */
  readonly durationSeconds?: number;
  readonly knowledgeId?: string;
  /** A voice that streams. */
  readonly voiceId?: string;
  readonly voiceUrl?: string;
  readonly language?: string;
  /** It repeats what it is sent, answers it, or speaks the sound that it is sent. */
  readonly mode?: 'retelling' | 'dialogue' | 'puppet';
  readonly backgroundUrl?: string;
  /** `fast_dialogue` takes the microphone only; `meeting` is not documented by the vendor. */
  readonly sceneMode?: 'fast_dialogue' | 'meeting';
  /** Only with `sceneMode: 'fast_dialogue'`. */
  readonly endToEnd?: 'openai';
  readonly voiceParams?: AkoolVoiceParams;
  readonly stream?: AkoolStream;
}

const FAST_VOICES: readonly string[] = ['alloy', 'ash', 'ballad', 'coral', 'echo', 'sage', 'shimmer', 'verse', 'marin', 'cedar'];
const MODE_TYPE = { retelling: 1, dialogue: 2, puppet: 3 } as const;

const filled = z.string().min(1);
const share = z.number().min(0).max(1);
const durationMs = z.int().min(0).max(60_000);

const voiceParams = z.strictObject({
  voiceId: filled.optional(),
  speed: z.number().min(0.8).max(1.2).optional(),
  pronunciations: z.record(filled, z.string()).optional(),
  sttLanguage: filled.optional(),
  sttType: z.literal('openai_realtime').optional(),
  turnDetection: z
    .strictObject({
      type: z.enum(['server_vad', 'semantic_vad']).optional(),
      threshold: share.optional(),
      prefixPaddingMs: durationMs.optional(),
      silenceDurationMs: durationMs.optional(),
    })
    .optional(),
  elevenLabs: z
    .strictObject({
      apiKey: filled.optional(),
      modelId: filled.optional(),
      stability: share.optional(),
      similarityBoost: share.optional(),
      style: share.optional(),
      useSpeakerBoost: z.boolean().optional(),
    })
    .optional(),
});

/** Strict: a misspelt option would be paid for and do nothing. */
export const sessionInput: z.ZodType<CreateSessionInput> = z
  .strictObject({
    avatarId: filled,
    durationSeconds: z.int().min(1).max(3_600).optional(),
    knowledgeId: filled.optional(),
    voiceId: filled.optional(),
    voiceUrl: z.url().optional(),
    language: filled.optional(),
    mode: z.enum(['retelling', 'dialogue', 'puppet']).optional(),
    backgroundUrl: z.url().optional(),
    sceneMode: z.enum(['fast_dialogue', 'meeting']).optional(),
    endToEnd: z.literal('openai').optional(),
    voiceParams: voiceParams.optional(),
    stream: streamInput.optional(),
  })
  .superRefine(({ sceneMode, endToEnd, voiceParams: voice }, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const fast = sceneMode === 'fast_dialogue';
    if (endToEnd !== undefined && !fast) refuse(['endToEnd'], "only with sceneMode 'fast_dialogue'");
    if (voice?.voiceId === undefined) return;
    if (!fast) refuse(['voiceParams', 'voiceId'], "only with sceneMode 'fast_dialogue'; elsewhere give voiceId itself");
    else if (!FAST_VOICES.includes(voice.voiceId)) refuse(['voiceParams', 'voiceId'], `one of ${FAST_VOICES.join(', ')}`);
  });

/** The input in the vendor's words; what is undefined is left out by JSON. */
export function sessionBody(input: CreateSessionInput): Readonly<Record<string, unknown>> {
  return {
    avatar_id: input.avatarId,
    duration: input.durationSeconds,
    knowledge_id: input.knowledgeId,
    voice_id: input.voiceId,
    voice_url: input.voiceUrl,
    language: input.language,
    mode_type: input.mode && MODE_TYPE[input.mode],
    background_url: input.backgroundUrl,
    scene_mode: input.sceneMode,
    e2e_type: input.endToEnd,
    voice_params: input.voiceParams && voiceBody(input.voiceParams),
    stream_type: input.stream?.type,
    credentials: input.stream && roomBody(input.stream),
  };
}

/** What of the input no error may show, should the vendor quote it. */
export function sessionSecrets({ voiceParams: voice, stream }: CreateSessionInput): readonly string[] {
  const room = stream?.room;
  const pass = room && ('token' in room ? room.token : room.userSig);
  return [voice?.elevenLabs?.apiKey, pass].filter((secret) => secret !== undefined);
}

function voiceBody({ voiceId, speed, pronunciations, sttLanguage, sttType, turnDetection, elevenLabs }: AkoolVoiceParams): Readonly<Record<string, unknown>> {
  return {
    voice_id: voiceId,
    speed,
    pron_map: pronunciations,
    stt_language: sttLanguage,
    stt_type: sttType,
    turn_detection: turnDetection && {
      type: turnDetection.type,
      threshold: turnDetection.threshold,
      prefix_padding_ms: turnDetection.prefixPaddingMs,
      silence_duration_ms: turnDetection.silenceDurationMs,
    },
    elevenlabs_settings: elevenLabs && {
      api_key: elevenLabs.apiKey,
      model_id: elevenLabs.modelId,
      stability: elevenLabs.stability,
      similarity_boost: elevenLabs.similarityBoost,
      style: elevenLabs.style,
      use_speaker_boost: elevenLabs.useSpeakerBoost,
    },
  };
}
