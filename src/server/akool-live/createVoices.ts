import { z } from 'zod';
import type { AkoolCallOptions } from './AkoolClientOptions.js';
import type { AkoolCall } from './createCall.js';
import { answerOf, optionalText, pageAnswer, pageInput, texts, type AkoolPage, type AkoolPageInput } from './page.js';
import { readInput } from './readInput.js';

export interface AkoolVoice {
  readonly voiceId: string;
  readonly name: string | null;
  readonly gender: string | null;
  readonly language: string | null;
  readonly locale: string | null;
  /** Address of a sample. */
  readonly previewUrl: string | null;
  readonly model: string | null;
  /** True for a voice that a session can use. */
  readonly streams: boolean;
  readonly styles: readonly string[];
  readonly scenarios: readonly string[];
  readonly ages: readonly string[];
}

export interface ListVoicesInput extends AkoolPageInput {
  readonly type: 'clone' | 'akool';
  readonly style?: string;
  readonly gender?: string;
  readonly age?: string;
  readonly scenario?: string;
  readonly name?: string;
  /** Only voices that stream, or only those that do not. */
  readonly streams?: boolean;
}

export interface AkoolLanguage {
  readonly code: string;
  readonly name: string;
  /** Address of its flag. */
  readonly url: string | null;
}

export interface AkoolVoices {
  list(input: ListVoicesInput, options?: AkoolCallOptions): Promise<AkoolPage<AkoolVoice>>;
  /** The languages that a session can speak. */
  languages(options?: AkoolCallOptions): Promise<readonly AkoolLanguage[]>;
}

const voice = z
  .object({
    voice_id: z.string().min(1),
    name: optionalText,
    gender: optionalText,
    language: optionalText,
    locale: optionalText,
    preview: optionalText,
    voice_model_name: optionalText,
    support_stream: z.boolean().nullish(),
    style: texts,
    scenario: texts,
    age: texts,
  })
  .transform((data): AkoolVoice => ({
    voiceId: data.voice_id,
    name: data.name,
    gender: data.gender,
    language: data.language,
    locale: data.locale,
    previewUrl: data.preview,
    model: data.voice_model_name,
    streams: data.support_stream ?? false,
    styles: data.style,
    scenarios: data.scenario,
    ages: data.age,
  }));

const language = z
  .object({ lang_code: z.string().min(1), lang_name: z.string(), url: optionalText })
  .transform((data): AkoolLanguage => ({ code: data.lang_code, name: data.lang_name, url: data.url }));

const voicePage = pageAnswer(voice);
const languageAnswer = answerOf(z.object({ lang_list: z.array(language) }).transform((data) => data.lang_list));

const filled = z.string().min(1).optional();
const listInput = pageInput.extend({
  type: z.enum(['clone', 'akool']),
  style: filled,
  gender: filled,
  age: filled,
  scenario: filled,
  name: filled,
  streams: z.boolean().optional(),
});

/** The part of the API that is about voices and languages. */
export function createVoices(call: AkoolCall): AkoolVoices {
  return {
    async list(input, options) {
      const { type, streams, ...rest } = readInput(listInput, input, 'The list of voices');
      const query = { ...rest, type: type === 'clone' ? 1 : 2, support_stream: streams === undefined ? undefined : streams ? 1 : 2 };
      return call({ method: 'GET', path: '/api/open/v4/voice/list', query, answer: voicePage }, options);
    },
    async languages(options) {
      return call({ method: 'GET', path: '/api/open/v3/language/list', answer: languageAnswer }, options);
    },
  };
}
