import { dehydrate, HydrationBoundary, QueryClient, QueryClientProvider, type DehydratedState } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  avatarsQuery,
  infiniteAvatarsQuery,
  languagesQuery,
  useAvatars,
  useAvatarSource,
  useCreateSession,
  useEndSession,
  useInfiniteAvatars,
  useInfiniteVoices,
  useKnowledge,
  useLanguages,
  useSessions,
} from '../../src/query.js';
import { startCatalogueApp, type CatalogueApp } from './support/startCatalogueApp.js';

const ROUTE = '/api/avatar';
/** The first answer of a server waits for its vendor, on a machine that may have much to do. */
const PATIENCE = { timeout: 15_000 };
vi.setConfig({ testTimeout: 60_000 });

let app: CatalogueApp;
let queryClient: QueryClient;
beforeAll(async () => {
  app = await startCatalogueApp();
  // The page is the application's own: it knows its routes by their paths, and its cookies go along by themselves.
  Reflect.get(window, 'happyDOM').setURL(`${app.url}/talk`);
}, 60_000);
afterAll(() => app.close());
beforeEach(() => {
  queryClient = new QueryClient();
});
afterEach(() => {
  cleanup();
  queryClient.clear();
  document.cookie = 'user=; path=/; max-age=0';
  vi.restoreAllMocks();
});

/** @param lastsMs of what the cookie says; the server looks at nothing else */
function signIn(id: string, lastsMs = 600_000): void {
  document.cookie = `user=${id}.${Date.now() + lastsMs}; path=/`;
}

function wrapper({ children }: { readonly children: ReactNode }) {
  return (
    <StrictMode>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </StrictMode>
  );
}

describe('lists, asked of the handler itself', () => {
  it('come page by page, to the last one', async () => {
    signIn('reader');
    const { result } = renderHook(() => ({ avatars: useInfiniteAvatars(ROUTE, { size: 2 }), voices: useInfiniteVoices(ROUTE, { size: 1, streams: true }) }), { wrapper });
    await waitFor(() => expect(result.current.avatars.data?.pages.map(({ items }) => items.length)).toEqual([2]), PATIENCE);
    expect(result.current.avatars.hasNextPage).toBe(true);
    await act(() => result.current.avatars.fetchNextPage());

    await waitFor(() => expect(result.current.avatars.data?.pages.map(({ items, total }) => [items.length, total])).toEqual([[2, 3], [1, 3]]));
    expect(result.current.avatars.hasNextPage).toBe(false);
    const ids = result.current.avatars.data?.pages.flatMap(({ items }) => items.map(({ avatarId }) => avatarId)) ?? [];
    expect(new Set(ids).size).toBe(3);
    await waitFor(() => expect(result.current.voices.data?.pages[0]?.items.every(({ streams }) => streams)).toBe(true), PATIENCE);
  });

  it('are there for every kind', async () => {
    signIn('looker');
    const { result } = renderHook(() => ({ languages: useLanguages(ROUTE), knowledge: useKnowledge(ROUTE), sessions: useSessions(ROUTE) }), { wrapper });
    await waitFor(() => expect(result.current.languages.data?.map(({ code }) => code)).toContain('en'), PATIENCE);
    await waitFor(() => expect(result.current.knowledge.data?.items).toEqual([]), PATIENCE);
    await waitFor(() => expect(result.current.sessions.data).toEqual([]), PATIENCE);
  });

  it('are not asked for again when they were prefetched by the absolute address', async () => {
    signIn('prefetcher');
    const early = new QueryClient();
    const route = { url: `${app.url}${ROUTE}/` };
    await Promise.all([
      early.fetchQuery(avatarsQuery(route, { size: 2 })),
      early.fetchInfiniteQuery(infiniteAvatarsQuery(route, { size: 2 })),
      early.fetchQuery(languagesQuery(route)),
    ]);
    const state: DehydratedState = JSON.parse(JSON.stringify(dehydrate(early)));
    early.clear();
    const fetched = vi.spyOn(globalThis, 'fetch');
    const hydrated = ({ children }: { readonly children: ReactNode }) => wrapper({ children: <HydrationBoundary state={state}>{children}</HydrationBoundary> });
    const { result } = renderHook(() => ({ page: useAvatars(ROUTE, { size: 2 }), source: useAvatarSource(ROUTE, { size: 2 }), languages: useLanguages(ROUTE) }), { wrapper: hydrated });

    expect(result.current.page.data?.items).toHaveLength(2);
    expect(result.current.source.items).toHaveLength(2);
    expect(result.current.languages.data?.length).toBeGreaterThan(0);
    expect(fetched).not.toHaveBeenCalled();
    act(() => result.current.source.loadMore?.());
    await waitFor(() => expect(result.current.source.items).toHaveLength(3), PATIENCE);
    expect(fetched).toHaveBeenCalledOnce();
  });
});

describe('sessions, held by the handler itself', () => {
  it('are listed from the moment they are granted until they are ended, for their user alone', async () => {
    signIn('talker');
    const { result } = renderHook(() => ({ sessions: useSessions(ROUTE), create: useCreateSession(ROUTE), end: useEndSession(ROUTE) }), { wrapper });
    await waitFor(() => expect(result.current.sessions.data).toEqual([]), PATIENCE);
    const grant = await act(() => result.current.create.mutateAsync({ avatarId: 'emulated', service: 'akool-live' }));
    expect(grant).toMatchObject({ version: 1, avatar: { service: 'akool-live' }, channel: { kind: 'loopback' } });
    await waitFor(() => expect(result.current.sessions.data).toMatchObject([{ sessionId: grant.sessionId, service: 'akool-live', avatarId: 'emulated' }]), PATIENCE);

    signIn('stranger');
    const other = renderHook(() => useEndSession(ROUTE), { wrapper });
    await act(() => other.result.current.mutateAsync(grant.sessionId));
    signIn('talker');
    await act(() => result.current.sessions.refetch());
    await waitFor(() => expect(result.current.sessions.data).toHaveLength(1), PATIENCE);

    await act(() => result.current.end.mutateAsync(grant.sessionId));
    await waitFor(() => expect(result.current.sessions.data).toEqual([]), PATIENCE);
    await act(() => result.current.end.mutateAsync(grant.sessionId));
  });

  it('are refused above the limit, with the time to wait, and not asked for again', async () => {
    signIn('greedy');
    const fetched = vi.spyOn(globalThis, 'fetch');
    const { result } = renderHook(() => useCreateSession(ROUTE), { wrapper });
    for (let count = 0; count < 2; count++) await act(() => result.current.mutateAsync({ service: 'akool-live' }));
    await act(() => result.current.mutateAsync({ service: 'akool-live' }).catch(() => undefined));

    await waitFor(() => expect(result.current.error).toMatchObject({ reason: 'rate-limited', retryable: true, context: { status: 429 } }), PATIENCE);
    expect(result.current.error?.context['retryAfterMs']).toBeGreaterThan(0);
    expect(fetched).toHaveBeenCalledTimes(3);
  });

  it('say by their reason what was wrong with the wish', async () => {
    signIn('wisher');
    const { result } = renderHook(() => useCreateSession(ROUTE), { wrapper });
    await act(() => result.current.mutateAsync({ service: 'no such service' }).catch(() => undefined));
    await waitFor(() => expect(result.current.error).toMatchObject({ reason: 'invalid-options', retryable: false, context: { status: 400 } }), PATIENCE);
  });
});

describe('a user whom the handler does not let in', () => {
  it('is told so at once: without a cookie', async () => {
    const { result } = renderHook(() => useAvatars(ROUTE), { wrapper });
    await waitFor(() => expect(result.current.error?.reason).toBe('not-authorized'), PATIENCE);
    expect(result.current.failureCount).toBe(1);
    expect(result.current.error?.message).toContain('Sign in');
  });

  it('keeps what was shown when the cookie expires, and goes on after signing in again', async () => {
    signIn('sleeper');
    const { result } = renderHook(() => useSessions(ROUTE), { wrapper });
    await waitFor(() => expect(result.current).toMatchObject({ data: [], error: null }), PATIENCE);
    signIn('sleeper', -1);
    await act(() => result.current.refetch());
    await waitFor(() => expect(result.current.error).toMatchObject({ reason: 'not-authorized', retryable: false, context: { status: 401 } }), PATIENCE);
    expect(result.current.data).toEqual([]);
    expect(result.current.failureCount).toBe(1);

    signIn('sleeper');
    await act(() => result.current.refetch());
    await waitFor(() => expect(result.current).toMatchObject({ error: null, isSuccess: true }), PATIENCE);
  });

  it('is asked to wait and waits: Retry-After of a second', async () => {
    signIn('patient');
    const { result } = renderHook(() => useAvatars(ROUTE), { wrapper });
    await waitFor(() => expect(result.current.failureReason).toMatchObject({ reason: 'rate-limited', context: { status: 429, retryAfterMs: 1_000 } }), PATIENCE);
    expect(result.current.isError).toBe(false);
    await waitFor(() => expect(result.current.isSuccess).toBe(true), PATIENCE);
  });

  it('is not kept waiting where Retry-After is most of a minute', async () => {
    signIn('reader-of-too-much');
    const { result } = renderHook(() => useLanguages(ROUTE), { wrapper });
    await waitFor(() => expect(result.current).toMatchObject({ isSuccess: true, error: null }), PATIENCE);
    for (let count = 0; count < 12; count++) await act(() => result.current.refetch());
    await waitFor(() => expect(result.current.error).toMatchObject({ reason: 'rate-limited', context: { status: 429 } }), PATIENCE);
    expect(result.current.failureCount).toBe(1);
    expect(result.current.data?.length).toBeGreaterThan(0);
  });
});
