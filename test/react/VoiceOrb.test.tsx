import { act, cleanup, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Avatar, AvatarError, AvatarProvider, defaultLabels, useSpeaking, useSpeechLevel, useVoiceOrb, VoiceOrb, type SessionState } from '../../src/index.js';
import { createScriptedSession, type ScriptedSessionOptions } from '../../src/testing/createScriptedSession.js';

const on: SessionState['microphone'] = { status: 'on', muted: false, error: null, deviceId: null, interrupted: false };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function setUp(options: ScriptedSessionOptions = {}) {
  const session = createScriptedSession({ usesAvatar: false, state: { status: 'live', microphone: on }, ...options });
  const view = render(
    <StrictMode>
      <AvatarProvider session={session}>
        <VoiceOrb />
      </AvatarProvider>
    </StrictMode>,
  );
  const orb = screen.getByRole('img');
  return {
    session,
    ...view,
    orb,
    state: () => orb.getAttribute('data-state'),
    level: () => orb.style.getPropertyValue('--visavis-level'),
  };
}

describe('VoiceOrb', () => {
  it.each([
    [{ status: 'idle' }, 'idle', defaultLabels.status.idle],
    [{ status: 'authorizing' }, 'connecting', defaultLabels.status.authorizing],
    [{ status: 'connecting' }, 'connecting', defaultLabels.status.connecting],
    [{ status: 'live', microphone: on }, 'listening', defaultLabels.listening],
    [{ status: 'live', microphone: { ...on, muted: true } }, 'muted', defaultLabels.muted],
    [{ status: 'live' }, 'idle', defaultLabels.status.live],
    [{ status: 'reconnecting', microphone: on }, 'reconnecting', defaultLabels.status.reconnecting],
    [{ status: 'failed', error: new AvatarError('avatar-busy', { message: 'Taken.' }) }, 'failed', defaultLabels.failure.busy],
    [{ status: 'ended' }, 'idle', defaultLabels.status.ended],
  ] satisfies [Partial<SessionState>, string, string][])('shows %o as %s and says so in its name', (patch, state, words) => {
    const orb = setUp({ state: patch });

    expect(orb.state()).toBe(state);
    expect(orb.orb.getAttribute('aria-label')).toBe(`${defaultLabels.orb}: ${words}`);
    // A name that changes is read when it is asked for; a live region would be read each time.
    expect(orb.container.querySelector('[aria-live], [role="status"]')).toBeNull();
  });

  it('follows the user’s voice while it listens, and the assistant’s while it speaks', () => {
    const { session, state, level } = setUp();
    session.emitLevel(0.1);
    expect(Number(level())).toBeGreaterThan(0.1);

    act(() => session.emitSpeechLevel(0.1));
    expect(state()).toBe('speaking');
    // What the microphone hears now is no longer shown.
    session.emitLevel(0.2);
    expect(level()).toBe('');
    session.emitSpeechLevel(0.1);
    expect(Number(level())).toBeGreaterThan(0.1);
  });

  it('goes on speaking through a breath and listens again a moment after the end', async () => {
    const { session, state } = setUp();
    act(() => session.emitSpeechLevel(0.1));
    session.emitSpeechLevel(0);
    await act(() => vi.advanceTimersByTimeAsync(400));
    session.emitSpeechLevel(0.1);
    session.emitSpeechLevel(0);
    await act(() => vi.advanceTimersByTimeAsync(400));
    expect(state()).toBe('speaking');

    await act(() => vi.advanceTimersByTimeAsync(400));
    expect(state()).toBe('listening');
  });

  it('takes the comfort noise of a quiet line for silence', () => {
    const { session, state } = setUp();
    act(() => session.emitSpeechLevel(0.004));

    expect(state()).toBe('listening');
  });

  it('moves in a few slow steps where the user wants less motion', () => {
    const wanted = vi.spyOn(window, 'matchMedia').mockImplementation((query) => Object.assign(new EventTarget(), { matches: query.includes('reduce'), media: query }) as unknown as MediaQueryList);
    const { session, level } = setUp();
    const seen = new Set<string>();
    for (let tick = 0; tick < 200; tick++) {
      session.emitLevel(tick % 2 === 0 ? 0.3 : 0.05);
      seen.add(level());
    }
    wanted.mockRestore();

    expect(seen.size).toBeGreaterThan(1);
    expect(seen.size).toBeLessThanOrEqual(4);
  });

  it('renders nothing while the level changes', () => {
    const rendered = vi.fn();
    function Probe() {
      const { ref } = useVoiceOrb();
      rendered();
      return <div ref={ref} />;
    }
    const session = createScriptedSession({ usesAvatar: false, state: { status: 'live', microphone: on } });
    render(<AvatarProvider session={session}><Probe /></AvatarProvider>);
    act(() => session.emitSpeechLevel(0.1));
    rendered.mockClear();
    act(() => {
      for (let tick = 0; tick < 50; tick++) session.emitSpeechLevel(0.05 + tick / 500);
    });

    expect(rendered).not.toHaveBeenCalled();
  });

  it('leaves no listener and no timer behind', () => {
    const { session, unmount } = setUp();
    act(() => session.emitSpeechLevel(0.1));
    expect(session.speechListenerCount).toBeGreaterThan(0);
    unmount();

    expect(session.speechListenerCount).toBe(0);
    expect(session.microphone.listenerCount).toBe(0);
    // The end of the session, which the last provider has released, is all that is still to come.
    vi.runOnlyPendingTimers();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes the place of the picture in an Avatar without a face', () => {
    const session = createScriptedSession({ usesAvatar: false });
    const { container } = render(<Avatar session={session} />);
    expect(screen.getByRole('group', { name: defaultLabels.orb })).toBeTruthy();
    expect(container.querySelector('[data-slot="voice-orb"]')).not.toBeNull();
    expect(container.querySelector('[data-slot="avatar-video"]')).toBeNull();

    act(() => session.push({ status: 'failed', error: new AvatarError('avatar-busy', { message: 'Taken.' }) }));
    expect(screen.getByRole('alert').textContent).toContain(defaultLabels.failureMessage['avatar-busy']);
    act(() => screen.getByRole('button', { name: defaultLabels.retry }).click());
    expect(session.calls).toEqual([{ method: 'start', args: [] }]);
  });

  it('leaves the picture to a session with a face', () => {
    const { container } = render(<Avatar session={createScriptedSession()} />);

    expect(container.querySelector('[data-slot="voice-orb"]')).toBeNull();
    expect(container.querySelector('[data-slot="avatar-video"]')).not.toBeNull();
  });
});

describe('useSpeechLevel', () => {
  it('gives levels to the latest callback, and listens only while there is one', () => {
    const session = createScriptedSession();
    const first = vi.fn();
    const latest = vi.fn();
    function Probe({ onLevel }: { readonly onLevel: ((level: number) => void) | undefined }) {
      useSpeechLevel(onLevel);
      return null;
    }
    const ui = (onLevel?: (level: number) => void) => <AvatarProvider session={session}><Probe onLevel={onLevel} /></AvatarProvider>;
    const { rerender } = render(ui(first));
    rerender(ui(latest));
    session.emitSpeechLevel(0.2);
    expect(first).not.toHaveBeenCalled();
    expect(latest).toHaveBeenCalledExactlyOnceWith(0.2);

    rerender(ui());
    expect(session.speechListenerCount).toBe(0);
  });
});

describe('useSpeaking', () => {
  it('renders once when speech begins and once when it has ended', async () => {
    const session = createScriptedSession();
    const rendered: boolean[] = [];
    function Probe() {
      rendered.push(useSpeaking());
      return null;
    }
    render(<AvatarProvider session={session}><Probe /></AvatarProvider>);
    act(() => {
      for (let tick = 0; tick < 50; tick++) session.emitSpeechLevel(0.1);
    });
    await act(() => vi.advanceTimersByTimeAsync(2_000));

    expect(rendered).toEqual([false, true, false]);
  });
});
