import { act, cleanup, render, renderHook } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AvatarProvider, useAvatarLatency, useVad, type SessionLatency } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

afterEach(cleanup);

function setUp() {
  const session = createScriptedSession({ state: { status: 'live', microphone: { status: 'on', muted: false, error: null, deviceId: null, interrupted: false } } });
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <StrictMode>
      <AvatarProvider session={session}>{children}</AvatarProvider>
    </StrictMode>
  );
  return { session, wrapper };
}

const spread = { turnSentMs: null, replyAudioMs: null, heardMs: { count: 1, p50: 640, p95: 640 }, videoFrameMs: null, interruptToSilenceMs: null };
const latency: SessionLatency = { turns: 1, last: { turnId: 0, turnSentMs: 20, replyAudioMs: 500, heardMs: 640, videoFrameMs: null, interruptToSilenceMs: null }, spread };

describe('useAvatarLatency', () => {
  it('shows what was measured, and renders once for it', () => {
    const { session, wrapper } = setUp();
    let renders = 0;
    const { result } = renderHook(() => (renders++, useAvatarLatency()), { wrapper });
    expect(result.current).toMatchObject({ turns: 0, last: null });
    renders = 0;
    act(() => session.pushLatency(latency));
    expect(result.current).toBe(latency);
    // StrictMode renders twice.
    expect(renders).toBeLessThanOrEqual(2);
  });

  it('renders on a server', () => {
    const { wrapper: Wrapper } = setUp();
    const Probe = () => <p>{useAvatarLatency().turns}</p>;
    expect(renderToString(<Wrapper><Probe /></Wrapper>)).toContain('<p>0</p>');
  });
});

describe('useVad', () => {
  it('calls the latest callbacks, and says whether the user speaks', () => {
    const { session, wrapper } = setUp();
    const first = vi.fn();
    const latest = vi.fn();
    const misfire = vi.fn();
    const { result, rerender } = renderHook(({ onSpeechEnd }) => useVad({ onSpeechEnd, onVADMisfire: misfire }), { wrapper, initialProps: { onSpeechEnd: first } });
    rerender({ onSpeechEnd: latest });
    act(() => session.push({ userSpeaking: true }));
    expect(result.current).toEqual({ userSpeaking: true, listening: true });
    const utterance = { samples: new Int16Array(160), truncated: false };
    session.emit('speech-end', utterance);
    session.emit('speech-misfire', {});
    expect(first).not.toHaveBeenCalled();
    expect(latest).toHaveBeenCalledExactlyOnceWith(utterance);
    expect(misfire).toHaveBeenCalledOnce();
    act(() => session.push({ microphone: { status: 'on', muted: true, error: null, deviceId: null, interrupted: false } }));
    expect(result.current.listening).toBe(false);
  });

  it('hears nothing after it has gone', () => {
    const { session, wrapper: Wrapper } = setUp();
    const onSpeechStart = vi.fn();
    const Probe = () => (useVad({ onSpeechStart }), null);
    const { unmount } = render(<Wrapper><Probe /></Wrapper>);
    unmount();
    session.emit('speech-start', { samples: new Int16Array(1) });
    expect(onSpeechStart).not.toHaveBeenCalled();
  });
});
