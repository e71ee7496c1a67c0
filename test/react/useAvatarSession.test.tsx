import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AvatarError, AvatarProvider, useAvatarEvent, useAvatarSession, type AvatarView } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

afterEach(cleanup);

describe('useAvatarSession', () => {
  it('renders only when what the selector picks has changed', () => {
    const session = createScriptedSession();
    const rendered = vi.fn();
    function Probe() {
      // A new object at every call, as people write it.
      rendered(useAvatarSession(({ status, recoveries }) => ({ status, recoveries })));
      return null;
    }
    render(<AvatarProvider session={session}><Probe /></AvatarProvider>);
    act(() => session.push({ turnId: 1, lostAudioMs: 40 }));
    expect(rendered).toHaveBeenCalledTimes(1);

    act(() => session.push({ recoveries: 1 }));
    expect(rendered).toHaveBeenCalledTimes(2);
    expect(rendered).toHaveBeenLastCalledWith({ status: 'idle', recoveries: 1 });
  });

  it('gives the whole state and the actions without a selector', () => {
    const session = createScriptedSession({ state: { status: 'live' } });
    function Probe() {
      const { status, turnId } = useAvatarSession();
      return <p>{`${status} ${turnId}`}</p>;
    }
    render(<AvatarProvider session={session}><Probe /></AvatarProvider>);
    act(() => session.push({ turnId: 3 }));

    expect(screen.getByText('live 3')).toBeTruthy();
  });

  it('keeps the identity of its actions', () => {
    const session = createScriptedSession();
    const starts = new Set<AvatarView['start']>();
    function Probe() {
      starts.add(useAvatarSession().start);
      return null;
    }
    render(<AvatarProvider session={session}><Probe /></AvatarProvider>);
    act(() => session.push({ turnId: 1 }));

    expect(starts.size).toBe(1);
  });

  it('passes on what is said on the user’s behalf, and what the avatar is to do', async () => {
    const session = createScriptedSession({ state: { status: 'live' } });
    let view: AvatarView | undefined;
    function Probe() {
      view = useAvatarSession();
      return null;
    }
    render(<AvatarProvider session={session}><Probe /></AvatarProvider>);
    await view?.speak('Hello.');
    await view?.sendText('Who are you?');
    await view?.act({ action: 'wave' });

    expect(session.calls).toEqual([
      { method: 'speak', args: ['Hello.', undefined] },
      { method: 'sendText', args: ['Who are you?'] },
      { method: 'act', args: [{ action: 'wave' }] },
    ]);
  });

  it('does not reject from start, whose failure is in the state, and reports what interrupt could not do', async () => {
    const failure = new AvatarError('avatar-timeout', { message: 'No answer.' });
    const session = createScriptedSession({ onStart: () => Promise.reject(failure), onInterrupt: () => Promise.reject(failure) });
    const onError = vi.fn();
    let view: AvatarView | undefined;
    function Probe() {
      view = useAvatarSession();
      return null;
    }
    render(<AvatarProvider session={session} onError={onError}><Probe /></AvatarProvider>);

    await expect(view?.start()).resolves.toBeUndefined();
    expect(onError).not.toHaveBeenCalled();
    await expect(view?.interrupt()).resolves.toBeUndefined();
    expect(onError).toHaveBeenCalledExactlyOnceWith(failure);
  });
});

describe('useAvatarEvent', () => {
  it('calls the listener of the latest render, and none after unmounting', () => {
    const session = createScriptedSession();
    const first = vi.fn();
    const latest = vi.fn();
    function Probe({ listener }: { readonly listener: () => void }) {
      useAvatarEvent('interrupt', listener);
      return null;
    }
    const ui = (listener: () => void) => <AvatarProvider session={session}><Probe listener={listener} /></AvatarProvider>;
    const { rerender, unmount } = render(ui(first));
    rerender(ui(latest));
    act(() => session.emit('interrupt', { turnId: 1 }));
    unmount();
    session.emit('interrupt', { turnId: 2 });

    expect(first).not.toHaveBeenCalled();
    expect(latest).toHaveBeenCalledExactlyOnceWith({ turnId: 1 });
  });
});
