import { act, cleanup, render, waitFor } from '@testing-library/react';
import { Profiler, StrictMode, type ReactElement, type ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  Avatar,
  AvatarControls,
  AvatarDevtools,
  AvatarProvider,
  AvatarWidget,
  Captions,
  ConnectionQuality,
  ConnectionStatus,
  MicLevel,
  MicToggle,
  SessionTimer,
  Transcript,
  useAudioStream,
  useAvatarSession,
  useSpeechLevel,
  VoiceOrb,
  type SessionState,
} from '../../src/index.js';
import { createAvatarSession } from '../../src/session/createAvatarSession.js';
import { createFakeAvatarService } from '../../src/testing/createFakeAvatarService.js';
import { createFakeChannel } from '../../src/testing/createFakeChannel.js';
import { createFakeGrant } from '../../src/testing/createFakeGrant.js';
import { createFakeMicrophone } from '../../src/testing/createFakeMicrophone.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const on: SessionState['microphone'] = { status: 'on', muted: false, error: null, deviceId: null, interrupted: false };
const live: Partial<SessionState> = { status: 'live', room: 'joined', sound: 'playing', microphone: on, network: { uplink: 1, downlink: 1 } };

/** Counts what React commits below it. */
function counted(children: ReactNode): { readonly ui: ReactElement; readonly commits: () => number; readonly forget: () => void } {
  let commits = 0;
  return {
    ui: <Profiler id="counted" onRender={() => void commits++}>{children}</Profiler>,
    commits: () => commits,
    forget: () => void (commits = 0),
  };
}

/** Everything that shows or follows a level. */
function Meters(): ReactElement {
  useSpeechLevel(() => undefined);
  useAudioStream({ onLevel: () => undefined, onFrame: () => undefined });
  return (
    <>
      <Avatar />
      <AvatarControls />
      <MicToggle />
      <MicLevel />
      <VoiceOrb />
      <Captions />
      <Transcript />
      <ConnectionStatus />
      <SessionTimer />
      <AvatarWidget />
    </>
  );
}

describe('sound', () => {
  it('commits nothing: a minute of levels and frames moves the meters alone', () => {
    const session = createScriptedSession({ state: live });
    const { ui, commits, forget } = counted(<Meters />);
    const { container } = render(<StrictMode><AvatarProvider session={session}>{ui}</AvatarProvider></StrictMode>);
    // That the other side has begun to speak is something to see, once.
    act(() => {
      for (let tick = 0; tick < 10; tick++) session.emitSpeechLevel(0.2);
    });
    forget();
    act(() => {
      for (let tick = 0; tick < 3_000; tick++) {
        session.emitLevel((tick % 10) / 20);
        session.emitSpeechLevel((tick % 7) / 20);
        session.microphone.emitFrame({ samples: new Int16Array(160), sequence: tick, rms: 0.1, peak: 0.2 });
      }
    });

    expect(commits()).toBe(0);
    const meter = container.querySelector<HTMLElement>('[data-slot="mic-level"], [data-slot="mic-level"] *');
    expect(Number(meter?.style.getPropertyValue('--visavis-level'))).toBeGreaterThan(0);
  });

  it('commits nothing on its way through a real session either', async () => {
    const microphone = createFakeMicrophone();
    const avatar = createFakeAvatarService();
    const session = createAvatarSession({ grant: async () => createFakeGrant(), avatar, channel: createFakeChannel(), microphone });
    const { ui, commits, forget } = counted(<Meters />);
    render(<AvatarProvider session={session}>{ui}</AvatarProvider>);
    await act(() => session.start());
    forget();
    await act(async () => {
      for (let tick = 0; tick < 500; tick++) microphone.sayLevel((tick % 10) / 20);
    });

    expect(session.getSnapshot().status).toBe('live');
    expect(commits()).toBe(0);
    await act(() => session.end());
  });

  it('commits nothing in the developer tools, which draw it', async () => {
    const session = createScriptedSession({ state: live });
    const { ui, commits, forget } = counted(<AvatarDevtools defaultOpen />);
    const { container, unmount } = render(<AvatarProvider session={session}>{ui}</AvatarProvider>);
    await waitFor(() => expect(container.querySelector('canvas')).not.toBeNull());
    // Effects come after what is seen.
    await waitFor(() => expect([session.speechListenerCount, session.microphone.listenerCount]).toEqual([1, 1]));
    forget();
    act(() => {
      for (let tick = 0; tick < 500; tick++) {
        session.emitSpeechLevel(0.1);
        session.microphone.emitFrame({ samples: new Int16Array(160), sequence: tick, rms: 0.1, peak: 0.2 });
      }
    });

    expect(commits()).toBe(0);
    unmount();
    expect(session.speechListenerCount + session.microphone.listenerCount).toBe(0);
  });
});

describe('a change of the state', () => {
  const changes: readonly (readonly [string, Partial<SessionState>])[] = [
    ['status', { status: 'reconnecting' }],
    ['error and status', { status: 'failed' }],
    ['a muted microphone', { microphone: { ...on, muted: true } }],
    ['blocked sound', { sound: 'blocked' }],
    ['a first line of the transcript', { transcript: [{ id: 1, role: 'user', text: 'Hello', final: true, interrupted: false, turnId: 0 }] }],
  ];

  it.each(changes)('is one commit of all that shows it: %s', (_name, change) => {
    const session = createScriptedSession({ state: live });
    const { ui, commits, forget } = counted(<><Avatar /><Transcript /><ConnectionStatus /></>);
    render(<AvatarProvider session={session}>{ui}</AvatarProvider>);
    forget();
    act(() => session.push(change));

    expect(commits()).toBe(1);
  });

  const invisible: readonly (readonly [string, Partial<SessionState>])[] = [
    ['how many milliseconds were lost', { lostAudioMs: 40 }],
    ['that the session has recovered before', { recoveries: 2 }],
    ['the loudness of the other side', { volume: 0.5 }],
    ['a network that is as good as before', { network: { uplink: 2, downlink: 1 } }],
  ];

  it.each(invisible)('commits nothing when nobody shows it: %s', (_name, change) => {
    const session = createScriptedSession({ state: live });
    const { ui, commits, forget } = counted(<><Avatar /><Transcript /><ConnectionStatus /><ConnectionQuality /></>);
    render(<AvatarProvider session={session}>{ui}</AvatarProvider>);
    forget();
    act(() => session.push(change));

    expect(commits()).toBe(0);
  });

  it('renders a component that selects only when its selection changes', () => {
    const session = createScriptedSession({ state: live });
    const seen: string[] = [];
    function Selects(): null {
      const { status, count } = useAvatarSession((view) => ({ status: view.status, count: view.transcript.length }));
      seen.push(`${status} ${count}`);
      return null;
    }
    render(<AvatarProvider session={session}><Selects /></AvatarProvider>);
    for (let turnId = 1; turnId < 50; turnId++) act(() => session.push({ turnId, speaking: turnId % 2 === 0, lostAudioMs: turnId }));
    act(() => session.push({ status: 'ended' }));

    expect(seen).toEqual(['live 0', 'ended 0']);
  });

  it('is one commit of the developer tools for a burst of events', async () => {
    vi.useFakeTimers();
    const session = createScriptedSession({ state: live });
    const { ui, commits, forget } = counted(<AvatarDevtools defaultOpen />);
    const { container } = render(<AvatarProvider session={session}>{ui}</AvatarProvider>);
    while (!container.querySelector('canvas')) await act(() => vi.advanceTimersByTimeAsync(200));
    await act(() => vi.advanceTimersByTimeAsync(200));
    forget();
    for (let id = 0; id < 40; id++) session.emit('voice-message', { message: { type: 'delta', id } });
    expect(commits()).toBe(0);
    await act(() => vi.advanceTimersByTimeAsync(200));

    expect(commits()).toBe(1);
  });
});
