import { dehydrate, HydrationBoundary, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AvatarError,
  avatarsQuery,
  catalogueKeys,
  infiniteAvatarsQuery,
  useAvatars,
  useAvatarSource,
  useCreateSession,
  useEndSession,
  useLanguages,
  useSessions,
  useVoiceSource,
} from '../../src/query.js';
import { createFakeCatalogue, type FakeCatalogue } from './support/createFakeCatalogue.js';

afterEach(cleanup);

let fake: FakeCatalogue;
let queryClient: QueryClient;
beforeEach(() => {
  fake = createFakeCatalogue();
  queryClient = new QueryClient();
});
afterEach(() => queryClient.clear());

function wrapper({ children }: { readonly children: ReactNode }) {
  return (
    <StrictMode>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </StrictMode>
  );
}

const busy = (retryAfterMs: number) => new AvatarError('rate-limited', { message: 'Too often.', context: { retryAfterMs } });

describe('useAvatars', () => {
  it('gives a page, and asks once for all who want the same', async () => {
    const { result } = renderHook(() => [useAvatars(fake.client, { size: 3 }), useAvatars(fake.client, { size: 3 })], { wrapper });
    await waitFor(() => expect(result.current.every(({ isSuccess }) => isSuccess)).toBe(true));

    expect(result.current[0]?.data?.items.map(({ avatarId }) => avatarId)).toEqual(['avatar-1', 'avatar-2', 'avatar-3']);
    expect(fake.calls).toEqual([['listAvatars', { size: 3 }]]);
  });

  it('takes TanStack’s own options, with the type that select gives', async () => {
    const { result } = renderHook(() => useAvatars(fake.client, {}, { select: ({ total }) => total }), { wrapper });
    await waitFor(() => expect(result.current.data).toBe(7));
    const total: number | null | undefined = result.current.data;

    expect(total).toBe(7);
  });

  it('shows at once what cannot be helped, as an AvatarError', async () => {
    fake.fail(new AvatarError('not-authorized', { message: 'Sign in.' }));
    const { result } = renderHook(() => useAvatars(fake.client), { wrapper });
    await waitFor(() => expect(result.current.isError).toBe(true));
    const error: AvatarError | null = result.current.error;

    expect(error?.reason).toBe('not-authorized');
    expect(result.current.failureCount).toBe(1);
  });

  it('tries again what the server wants to be asked again, when it wants that', async () => {
    fake.fail(busy(5), 2);
    const { result } = renderHook(() => useAvatars(fake.client), { wrapper });
    await waitFor(() => expect(result.current.isSuccess).toBe(true));

    expect(fake.calls).toHaveLength(3);
  });

  it('does not wait where the server wants to be left alone for minutes', async () => {
    fake.fail(busy(120_000));
    const { result } = renderHook(() => useAvatars(fake.client), { wrapper });
    await waitFor(() => expect(result.current.isError).toBe(true));

    expect(fake.calls).toHaveLength(1);
  });

  it('gives up when nobody wants the answer any more', async () => {
    fake.hold();
    const { unmount } = renderHook(() => useAvatars(fake.client), { wrapper });
    await waitFor(() => expect(fake.signals).toHaveLength(1));
    unmount();

    await waitFor(() => expect(fake.signals[0]?.aborted).toBe(true));
  });
});

describe('prefetching', () => {
  it('renders what a server has asked for by its own address, without asking again', async () => {
    const onServer = new QueryClient();
    await onServer.prefetchQuery(avatarsQuery(createFakeCatalogue({ name: '/api/avatar' }).client, { size: 2 }));
    await onServer.prefetchInfiniteQuery(infiniteAvatarsQuery(createFakeCatalogue({ name: '/api/avatar' }).client, { size: 2 }));
    const state = JSON.parse(JSON.stringify(dehydrate(onServer)));
    onServer.clear();

    const hydrated = ({ children }: { readonly children: ReactNode }) => wrapper({ children: <HydrationBoundary state={state}>{children}</HydrationBoundary> });
    const { result } = renderHook(() => ({ page: useAvatars('/api/avatar', { size: 2 }), source: useAvatarSource('/api/avatar', { size: 2 }) }), { wrapper: hydrated });

    expect(result.current.page.data?.items).toHaveLength(2);
    expect(result.current.source.items).toHaveLength(2);
    expect(result.current.page.isFetching).toBe(false);
  });

  it('keeps one route’s answers apart from another’s', async () => {
    const other = createFakeCatalogue({ name: 'other', avatars: 1 });
    await queryClient.prefetchQuery(avatarsQuery(fake.client));
    await queryClient.prefetchQuery(avatarsQuery(other.client));

    expect(queryClient.getQueryData(avatarsQuery(fake.client).queryKey)?.total).toBe(7);
    expect(queryClient.getQueryData(avatarsQuery(other.client).queryKey)?.total).toBe(1);
    queryClient.removeQueries({ queryKey: catalogueKeys.route(other.client) });
    expect(queryClient.getQueryData(avatarsQuery(other.client).queryKey)).toBeUndefined();
    expect(queryClient.getQueryData(avatarsQuery(fake.client).queryKey)?.total).toBe(7);
  });
});

describe('useAvatarSource and useVoiceSource', () => {
  it('give page after page until there is no more', async () => {
    const { result } = renderHook(() => useAvatarSource(fake.client, { size: 3 }), { wrapper });
    expect(result.current).toMatchObject({ items: undefined, loading: true });
    await waitFor(() => expect(result.current.items).toHaveLength(3));
    for (const count of [6, 7]) {
      expect(result.current.hasMore).toBe(true);
      act(() => result.current.loadMore?.());
      await waitFor(() => expect(result.current.items).toHaveLength(count));
    }

    expect(result.current).toMatchObject({ hasMore: false, error: null });
  });

  it('keep what has come when more of it fails, and ask again for that', async () => {
    const { result } = renderHook(() => useAvatarSource(fake.client, { size: 3 }), { wrapper });
    await waitFor(() => expect(result.current.items).toHaveLength(3));
    fake.fail(new AvatarError('not-authorized', { message: 'Sign in.' }));
    act(() => result.current.loadMore?.());
    await waitFor(() => expect(result.current.error).not.toBeNull());
    expect(result.current.items).toHaveLength(3);

    fake.fail(null);
    act(() => result.current.retry?.());
    await waitFor(() => expect(result.current.items).toHaveLength(6));
  });

  it('lists only voices that a session can speak with, unless told otherwise', async () => {
    const { result } = renderHook(() => [useVoiceSource(fake.client), useVoiceSource(fake.client, { streams: false })], { wrapper });
    await waitFor(() => expect(result.current.every(({ items }) => items !== undefined)).toBe(true));

    expect(fake.calls).toEqual([['listVoices', { streams: true, page: 1 }], ['listVoices', { streams: false, page: 1 }]]);
  });
});

describe('useLanguages', () => {
  it('gives the languages', async () => {
    const { result } = renderHook(() => useLanguages(fake.client, { select: (languages) => languages.map(({ code }) => code) }), { wrapper });

    await waitFor(() => expect(result.current.data).toEqual(['en', 'ar']));
  });
});

describe('useSessions, useCreateSession and useEndSession', () => {
  const setUp = () =>
    renderHook(() => ({ sessions: useSessions(fake.client), create: useCreateSession(fake.client), end: useEndSession(fake.client) }), { wrapper });

  it('list a session that was begun, and no longer one that was ended', async () => {
    const { result } = setUp();
    await waitFor(() => expect(result.current.sessions.data).toEqual([]));
    act(() => result.current.create.mutate({ avatarId: 'avatar-1' }));
    await waitFor(() => expect(result.current.sessions.data).toHaveLength(1));
    const { sessionId } = await waitFor(() => {
      if (!result.current.create.data) throw new Error('no grant yet');
      return result.current.create.data;
    });

    act(() => result.current.end.mutate(sessionId));
    await waitFor(() => expect(result.current.end.isSuccess).toBe(true));
    expect(result.current.sessions.data).toEqual([]);
  });

  it('do not try again to begin one: each grant counts', async () => {
    fake.fail(busy(0));
    const { result } = setUp();
    act(() => result.current.create.mutate());
    await waitFor(() => expect(result.current.create.error?.reason).toBe('rate-limited'));

    expect(fake.calls.filter(([method]) => method === 'createSession')).toHaveLength(1);
  });

  it('forget a grant with the component that had it', async () => {
    const { result, unmount } = setUp();
    act(() => result.current.create.mutate());
    await waitFor(() => expect(result.current.create.isSuccess).toBe(true));
    unmount();

    await waitFor(() => expect(queryClient.getMutationCache().getAll().filter(({ state }) => state.data !== undefined)).toEqual([]));
  });

  it('try again to end one', async () => {
    const { result } = setUp();
    await waitFor(() => expect(result.current.sessions.isSuccess).toBe(true));
    fake.fail(busy(0), 1);
    act(() => result.current.end.mutate('s1'));
    await waitFor(() => expect(result.current.end.isSuccess).toBe(true));

    expect(fake.calls.filter(([method]) => method === 'endSession')).toHaveLength(2);
  });
});
