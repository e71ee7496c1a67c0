import { act, cleanup, render, screen } from '@testing-library/react';
import { StrictMode, type ReactElement } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Avatar, AvatarError, AvatarProvider, StartButton, useAvatarSession, type AvatarSession } from '../../src/index.js';
import { akoolStreaming } from '../../src/services/akool-streaming/akoolStreaming.js';
import { dve } from '../../src/services/dve/dve.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';
import type { TurnMode } from '../../src/turn-taking/detector/TurnDetectorEvent.js';

/** Runs what a session schedules on release. */
async function afterRelease(): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(1_000));
}

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('AvatarProvider', () => {
  it('holds a session once under StrictMode, and starts it only when asked', () => {
    const session = createScriptedSession();
    render(
      <StrictMode>
        <Avatar session={session} />
      </StrictMode>,
    );

    expect(session.retainCount).toBe(1);
    expect(session.calls).toEqual([]);
  });

  it('does not end a session that StrictMode releases and retains again', async () => {
    vi.useFakeTimers();
    const session = createScriptedSession({ state: { status: 'live' } });
    render(
      <StrictMode>
        <Avatar session={session} />
      </StrictMode>,
    );
    await afterRelease();

    expect(session.calls).toEqual([]);
    expect(session.getSnapshot().status).toBe('live');
  });

  it('ends a session that is unmounted while it connects', async () => {
    vi.useFakeTimers();
    const session = createScriptedSession({ state: { status: 'connecting' } });
    const { unmount } = render(<Avatar session={session} />);
    unmount();
    expect(session.retainCount).toBe(0);
    await afterRelease();

    expect(session.calls).toEqual([{ method: 'end', args: [] }]);
  });

  it('ends a shared session only with the last of its providers', async () => {
    vi.useFakeTimers();
    const session = createScriptedSession({ state: { status: 'live' } });
    const first = render(<Avatar session={session} />);
    const second = render(<Avatar session={session} />);
    first.unmount();
    await afterRelease();
    expect(session.calls).toEqual([]);

    second.unmount();
    await afterRelease();
    expect(session.calls).toEqual([{ method: 'end', args: [] }]);
  });

  it('gives each error to the latest onError, once', () => {
    const session = createScriptedSession();
    const first = vi.fn();
    const latest = vi.fn();
    const error = new AvatarError('avatar-error', { message: 'It coughed.' });
    const { rerender } = render(<Avatar session={session} onError={first} />);
    rerender(<Avatar session={session} onError={latest} />);
    act(() => {
      session.emit('error', { error });
      session.emit('error', { error });
    });

    expect(first).not.toHaveBeenCalled();
    expect(latest).toHaveBeenCalledExactlyOnceWith(error);
  });

  it('says what is missing when a component has no session', () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() => render(<StartButton />)).toThrow(/Put it inside <AvatarProvider/);
    expect(() => render(<Avatar />)).toThrow(/Give it grant/);
    quiet.mockRestore();
  });
});

describe('AvatarProvider with options', () => {
  /** The sessions that a provider has shown, oldest first. */
  function watch(): { readonly sessions: AvatarSession[]; readonly Watch: () => ReactElement } {
    const sessions: AvatarSession[] = [];
    function Watch(): ReactElement {
      const session = useAvatarSession((view) => view.session);
      if (sessions.at(-1) !== session) sessions.push(session);
      return <StartButton />;
    }
    return { sessions, Watch };
  }

  const never = (): Promise<unknown> => new Promise(() => undefined);

  it('keeps its session when options are written inline and mean the same', () => {
    const { sessions, Watch } = watch();
    const ui = (): ReactElement => (
      <AvatarProvider grant={never} avatar={akoolStreaming()} params={{ language: 'en' }} microphone={{ echoCancellation: true }}>
        <Watch />
      </AvatarProvider>
    );
    const { rerender } = render(ui());
    rerender(ui());
    rerender(ui());

    expect(sessions).toHaveLength(1);
  });

  it('makes a new session for another grant while none is running', () => {
    const { sessions, Watch } = watch();
    const { rerender } = render(<AvatarProvider grant="/one"><Watch /></AvatarProvider>);
    rerender(<AvatarProvider grant="/two"><Watch /></AvatarProvider>);

    expect(sessions).toHaveLength(2);
  });

  it('refuses another grant while the session runs, says so once, and takes it when the session has ended', async () => {
    const { sessions, Watch } = watch();
    const onError = vi.fn<(error: AvatarError) => void>();
    const ui = (path: string): ReactElement => (
      <AvatarProvider grant={never} input={path === '/one' ? 'none' : 'microphone'} onError={onError}><Watch /></AvatarProvider>
    );
    const { rerender } = render(ui('/one'));
    await act(async () => {
      screen.getByRole('button').click();
      await Promise.resolve();
    });
    await vi.waitFor(() => expect(sessions[0]?.getSnapshot().status).toBe('authorizing'));
    rerender(ui('/two'));
    rerender(ui('/two'));

    expect(sessions).toHaveLength(1);
    expect(onError).toHaveBeenCalledOnce();
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ reason: 'invalid-options', context: { options: 'input' } });

    await act(async () => sessions[0]?.end());
    expect(sessions).toHaveLength(2);
    expect(sessions[1]?.usesMicrophone).toBe(true);
  });

  it('takes another turn mode over while the session runs, and reports nothing', async () => {
    const { sessions, Watch } = watch();
    const onError = vi.fn<(error: AvatarError) => void>();
    const ui = (mode?: TurnMode): ReactElement => (
      <StrictMode>
        <AvatarProvider grant={never} voice={dve()} turnTaking={mode ? { mode } : {}} onError={onError}><Watch /></AvatarProvider>
      </StrictMode>
    );
    const { rerender } = render(ui('voice'));
    const session = sessions.at(-1);
    act(() => screen.getByRole('button').click());
    await vi.waitFor(() => expect(session?.getSnapshot().status).toBe('authorizing'));
    rerender(ui('push-to-talk'));
    expect(session?.getTurnMode()).toBe('push-to-talk');
    rerender(ui());
    expect(session?.getTurnMode()).toBe('voice');

    expect(sessions.at(-1)).toBe(session);
    expect(onError).not.toHaveBeenCalled();
    await act(async () => session?.end());
  });

  it('says a refused change on the console when nobody listens for errors', async () => {
    const consoleError = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { sessions, Watch } = watch();
    const ui = (maxRetryAttempts: number): ReactElement => (
      <AvatarProvider grant={never} input="none" maxRetryAttempts={maxRetryAttempts}><Watch /></AvatarProvider>
    );
    const { rerender } = render(ui(1));
    act(() => screen.getByRole('button').click());
    await vi.waitFor(() => expect(sessions[0]?.getSnapshot().status).toBe('authorizing'));
    rerender(ui(2));

    expect(consoleError.mock.calls.flat()).toEqual([expect.stringContaining('changed while the session runs: maxRetryAttempts')]);
    consoleError.mockRestore();
  });

  it('asks for one grant under StrictMode, and ends the session when it is unmounted meanwhile', async () => {
    const { sessions, Watch } = watch();
    const signals: AbortSignal[] = [];
    const grant = vi.fn(({ signal }: { readonly signal: AbortSignal }) => {
      signals.push(signal);
      return never();
    });
    const { unmount } = render(<StrictMode><AvatarProvider grant={grant} input="none"><Watch /></AvatarProvider></StrictMode>);
    act(() => screen.getByRole('button').click());
    await vi.waitFor(() => expect(grant).toHaveBeenCalledOnce());
    unmount();
    await vi.waitFor(() => expect(sessions.at(-1)?.getSnapshot().status).toBe('ended'));

    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('calls the grant function of the latest render', async () => {
    const first = vi.fn(never);
    const latest = vi.fn(never);
    const { rerender, unmount } = render(<AvatarProvider grant={first} input="none"><StartButton /></AvatarProvider>);
    rerender(<AvatarProvider grant={latest} input="none"><StartButton /></AvatarProvider>);
    act(() => screen.getByRole('button').click());
    await vi.waitFor(() => expect(latest).toHaveBeenCalledOnce());

    expect(first).not.toHaveBeenCalled();
    unmount();
  });

  it('asks the headers function of the latest render, whose token may be a newer one', async () => {
    const headersOf = (token: string) => vi.fn(() => ({ authorization: `Bearer ${token}` }));
    const [first, latest] = [headersOf('old'), headersOf('new')];
    const route = (headers: () => Record<string, string>) => ({ url: 'http://127.0.0.1:9/api/avatar', headers });
    const { rerender, unmount } = render(<AvatarProvider grant={route(first)} input="none"><StartButton /></AvatarProvider>);
    rerender(<AvatarProvider grant={route(latest)} input="none"><StartButton /></AvatarProvider>);
    act(() => screen.getByRole('button').click());
    await vi.waitFor(() => expect(latest).toHaveBeenCalledOnce());

    expect(first).not.toHaveBeenCalled();
    unmount();
  });
});
