import type { CatalogueAvatar, CatalogueClient, CatalogueVoice, OwnSession, PageQuery } from '../../../src/client.js';

/** A catalogue without a server. */
export interface FakeCatalogue {
  readonly client: CatalogueClient;
  /** Method and query of every call. */
  readonly calls: readonly (readonly [method: string, query: unknown])[];
  readonly signals: readonly AbortSignal[];
  /** Makes the next calls fail, by default all of them; null: none. */
  fail(error: Error | null, times?: number): void;
  /** Answers nothing from now on. */
  hold(): void;
}

export function fakeAvatar(id: number, more: Partial<CatalogueAvatar> = {}): CatalogueAvatar {
  return {
    avatarId: `avatar-${id}`,
    name: `Avatar ${id}`,
    gender: 'Female',
    origin: 'official',
    status: 'ready',
    usable: true,
    voiceId: null,
    url: null,
    thumbnailUrl: null,
    ...more,
  };
}

export function fakeVoice(id: number, more: Partial<CatalogueVoice> = {}): CatalogueVoice {
  return {
    voiceId: `voice-${id}`,
    name: `Voice ${id}`,
    gender: 'Female',
    language: 'English',
    locale: 'en-US',
    previewUrl: `https://media.test/voice-${id}.mp3`,
    streams: true,
    styles: [],
    scenarios: [],
    ages: [],
    ...more,
  };
}

export function createFakeCatalogue({ name = '/api/fake', avatars = 7 }: { readonly name?: string; readonly avatars?: number } = {}): FakeCatalogue {
  const calls: (readonly [string, unknown])[] = [];
  const signals: AbortSignal[] = [];
  let failure: Error | null = null;
  let failures = 0;
  let held = false;
  let sessions: readonly OwnSession[] = [];

  async function answer<T>(method: string, query: unknown, signal: AbortSignal | undefined, make: () => T): Promise<T> {
    calls.push([method, query]);
    if (signal) signals.push(signal);
    if (held) await new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(new DOMException('Aborted.', 'AbortError'))));
    if (failure && failures-- > 0) throw failure;
    return make();
  }
  const pageOf = <T>(all: readonly T[], { page = 1, size = 50 }: PageQuery) => ({ items: all.slice((page - 1) * size, page * size), total: all.length, page, size });
  const count = (length: number) => Array.from({ length }, (_, index) => index + 1);

  const client: CatalogueClient = {
    name,
    listAvatars: (query = {}, { signal } = {}) => answer('listAvatars', query, signal, () => pageOf(count(avatars).map((id) => fakeAvatar(id)), query)),
    listVoices: (query = {}, { signal } = {}) => answer('listVoices', query, signal, () => pageOf(count(3).map((id) => fakeVoice(id)), query)),
    listLanguages: ({ signal } = {}) =>
      answer('listLanguages', null, signal, () => [
        { code: 'en', name: 'English', flagUrl: null },
        { code: 'ar', name: 'Arabic', flagUrl: null },
      ]),
    listKnowledge: (query = {}, { signal } = {}) => answer('listKnowledge', query, signal, () => pageOf([{ id: 'k1', name: 'Hours' }], query)),
    listSessions: ({ signal } = {}) => answer('listSessions', null, signal, () => sessions),
    createSession: (wishes = {}) =>
      answer('createSession', wishes, undefined, () => {
        const sessionId = `s${sessions.length + 1}`;
        sessions = [...sessions, { sessionId, service: 'akool-streaming', avatarId: 'avatar-1', startedAt: 0 }];
        return { version: 1, sessionId, expiresAt: 0 };
      }),
    endSession: (sessionId) =>
      answer('endSession', sessionId, undefined, () => {
        sessions = sessions.filter((session) => session.sessionId !== sessionId);
      }),
  };
  return {
    client,
    calls,
    signals,
    fail(error, times = Number.POSITIVE_INFINITY) {
      failure = error;
      failures = times;
    },
    hold: () => void (held = true),
  };
}
