import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AvatarDevtools, AvatarError, AvatarProvider, defaultLabels, useAvatarDevtools, type DevtoolsRecorder } from '../../src/index.js';
import { createDevtoolsRecorder } from '../../src/react/devtools/createDevtoolsRecorder.js';
import { redact, redactText } from '../../src/session/log/redact.js';
import { turnSpans } from '../../src/react/devtools/turnSpans.js';
import { emptyLatency, type TurnMetrics } from '../../src/session/latency/TurnMetrics.js';
import { createManualClock } from '../../src/testing/createManualClock.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** As Agora's are: long, and of one alphabet. */
const TOKEN = `007eJx${'TYBCkb3Qm5'.repeat(12)}=`;
const JWT = `eyJhbGciOiJIUzI1NiIsInR5cCI6.${'eyJzdWIiOiIx'.repeat(3)}.${'SflKxwRJSMeKKF2Q'.repeat(2)}`;
const metrics = (patch: Partial<TurnMetrics> = {}): TurnMetrics => ({ turnId: 1, turnSentMs: null, replyAudioMs: null, heardMs: null, videoFrameMs: null, interruptToSilenceMs: null, ...patch });

describe('redact', () => {
  it('keeps tickets and tokens to itself, whatever they are called and wherever they are', () => {
    const text = JSON.stringify(
      redact({
        ticket: 'a-ticket',
        nested: [{ agora_data: { token: TOKEN, uid: 7 } }],
        headers: { Authorization: 'Bearer abc', 'x-api-key': 'k-1' },
        note: `joined with ${TOKEN}`,
        session: JWT,
        url: 'wss://user:pass@relay.example.com/socket?ticket=t-9#part',
        error: new AvatarError('ticket-refused', { message: `Refused wss://relay.example.com/s?ticket=t-8` }),
      }),
    );
    for (const secret of ['a-ticket', TOKEN, 'Bearer abc', 'k-1', JWT, 't-9', 't-8', 'user:pass']) expect(text).not.toContain(secret);
    expect(text).toContain('wss://relay.example.com/socket');
    expect(text).toContain('"uid":7');
  });

  it('tells when a token expires and how many a reply took: numbers are no secrets', () => {
    expect(redact({ tokenExpiresAt: 12, usage: { tokens: 40 }, key: '' })).toEqual({ tokenExpiresAt: 12, usage: { tokens: 40 }, key: '' });
  });

  it('gives the size of sound and of pictures in place of their bytes', () => {
    expect(redact({ samples: new Int16Array(160), bytes: new Uint8Array(12), audio: 'QUJD'.repeat(100) })).toEqual({
      samples: '[160 samples]',
      bytes: '[12 bytes]',
      audio: '[base64, 300 bytes]',
    });
    expect(redactText(`data:image/png;base64,${'iVBO'.repeat(40)}`)).not.toContain('iVBOiVBO');
  });

  it('ends at what is circular, deep, long, or made by the browser', () => {
    const circle: Record<string, unknown> = { name: 'circle' };
    circle['self'] = circle;
    expect(redact(circle)).toEqual({ name: 'circle', self: '[circular]' });
    expect(redact(document.createElement('video'))).toMatch(/^\[.*\]$/);
    expect(JSON.stringify(redact(Array.from({ length: 5_000 }, () => 'x'))).length).toBeLessThan(400);
    expect(redactText('word '.repeat(1_000)).length).toBeLessThan(700);
  });
});

describe('the recorder', () => {
  const make = (maxEntries = 500) => {
    const clock = createManualClock();
    const session = createScriptedSession({ clock });
    const recorder = createDevtoolsRecorder({ clock, maxEntries, wallClock: () => 1_700_000_000_000 + clock.now() });
    const detach = recorder.attach(session);
    const lines = () => recorder.getSnapshot().entries.map(({ type, summary }) => `${type} ${summary}`);
    return { clock, session, recorder, detach, lines };
  };

  it('writes down what changes in the state, and nothing when nothing does', () => {
    const { session, lines } = make();
    session.push({ status: 'live', room: 'joined' });
    session.push({ status: 'live' });
    expect(lines()).toEqual(['attach idle', 'state-change status idle → live, room none → joined']);
  });

  it('decodes the data messages of a room, and shows the first bytes of what it cannot read', () => {
    const { session, recorder, lines } = make();
    session.emit('channel-message', { uid: 7, payload: new TextEncoder().encode('{"type":"chat","pld":{"text":"hi","token":"secret"}}') });
    session.emit('channel-message', { uid: 7, payload: Uint8Array.of(0xff, 0xfe, 1) });
    expect(lines().slice(1)).toEqual([
      'channel-message uid 7, 52 bytes: {type: "chat", pld: {text: "hi", token: "[redacted]"}}',
      'channel-message uid 7, 3 bytes: [3 bytes: ff fe 01]',
    ]);
    expect(recorder.toJson()).not.toContain('secret');
  });

  it('keeps no more than it was told to', () => {
    const { session, recorder } = make(10);
    for (let id = 0; id < 100; id++) session.emit('voice-message', { message: { id } });
    const { entries } = recorder.getSnapshot();
    expect(entries).toHaveLength(10);
    expect(entries.at(-1)).toMatchObject({ id: 101, summary: '{id: 99}' });
  });

  it('stands still while it is paused, misses nothing, and forgets when it is told to', () => {
    const { session, recorder, lines } = make();
    recorder.setPaused(true);
    session.emit('barge-in', { by: 'voice' });
    expect(lines()).toEqual(['attach idle']);
    recorder.setPaused(false);
    expect(lines()).toEqual(['attach idle', 'barge-in {by: "voice"}']);
    recorder.clear();
    expect(lines()).toEqual([]);
  });

  it('tells its listeners ten times a second at most, and nobody after the last has gone', async () => {
    const { clock, session, recorder } = make();
    const onChange = vi.fn();
    const stop = recorder.subscribe(onChange);
    for (let id = 0; id < 50; id++) session.emit('voice-message', { message: { id } });
    expect(onChange).not.toHaveBeenCalled();
    await clock.advance(100);
    expect(onChange).toHaveBeenCalledOnce();
    session.emit('voice-message', { message: {} });
    stop();
    stop();
    expect(clock.pending).toBe(0);
  });

  it('shows who subscribes what came since it was read last', () => {
    const { session, recorder } = make();
    recorder.getSnapshot();
    session.emit('barge-in', { by: 'voice' });
    recorder.subscribe(() => undefined);
    expect(recorder.getSnapshot().entries).toHaveLength(2);
  });

  it('puts a turn together from speech, figures and interrupt', async () => {
    const { clock, session, recorder } = make();
    session.emit('speech-start', { samples: new Int16Array(1_600) });
    await clock.advance(900);
    session.emit('speech-end', { samples: new Int16Array(16_000), truncated: false });
    const heard = metrics({ turnSentMs: 5, replyAudioMs: 300, heardMs: 420 });
    session.pushLatency({ ...emptyLatency, turns: 1, last: heard });
    expect(recorder.getSnapshot().turns).toMatchObject([{ speechMs: 1_000, interruptedAtMs: null, isOver: false }]);
    await clock.advance(1_500);
    session.emit('interrupt', { turnId: 2 });
    session.emit('turn-metrics', { metrics: { ...heard, interruptToSilenceMs: 40 } });
    const [turn] = recorder.getSnapshot().turns;
    expect(turn).toMatchObject({ speechMs: 1_000, interruptedAtMs: 1_500, isOver: true });
    // The session still names it as the latest while the next one begins.
    session.pushLatency({ ...emptyLatency, turns: 1, last: { ...heard, interruptToSilenceMs: 40 } });
    expect(recorder.getSnapshot().turns).toHaveLength(1);
    expect(turn && turnSpans(turn).map(({ name, startMs, endMs }) => [name, startMs, endMs])).toEqual([
      ['speech', -1_000, 0],
      ['sent', 0, 5],
      ['reply', 5, 300],
      ['heard', 300, 420],
      ['silence', 1_500, 1_540],
    ]);
  });

  it('hears nothing any more of a session that it was taken off', () => {
    const { session, detach, lines } = make();
    detach();
    session.push({ status: 'live' });
    expect(lines()).toEqual(['attach idle']);
  });
});

describe('AvatarDevtools', () => {
  const setUp = (props: Parameters<typeof AvatarDevtools>[0] = {}) => {
    const session = createScriptedSession({ state: { status: 'live' } });
    const rendered = render(<StrictMode><AvatarProvider session={session}><input aria-label="elsewhere" /><AvatarDevtools {...props} /></AvatarProvider></StrictMode>);
    return { session, ...rendered };
  };
  const opened = () => screen.findByRole('group', { name: defaultLabels.devtoolsEvents });

  it('is opened by its button, takes the focus, and gives it back on Escape', async () => {
    setUp();
    const button = screen.getByRole('button', { name: defaultLabels.devtoolsOpen });
    await userEvent.click(button);
    const panel = screen.getByRole('dialog', { name: defaultLabels.devtools });
    expect(document.activeElement).toBe(panel);
    await opened();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  it('is opened and closed by its shortcut from anywhere, and the focus goes back to where it was', async () => {
    const onOpenChange = vi.fn();
    setUp({ onOpenChange });
    const field = screen.getByRole('textbox', { name: 'elsewhere' });
    await userEvent.click(field);
    await userEvent.keyboard('{Alt>}{Shift>}v{/Shift}{/Alt}');
    expect(screen.getByRole('dialog')).toBeTruthy();
    await userEvent.keyboard('{Alt>}{Shift>}v{/Shift}{/Alt}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(field);
    expect(onOpenChange.mock.calls).toEqual([[true], [false]]);
  });

  it('shows events, filters them, and opens one', async () => {
    const { session } = setUp({ defaultOpen: true });
    const log = await opened();
    act(() => {
      session.emit('avatar-message', { message: { type: 'ack', pld: { status: 'success' } } });
      session.emit('voice-message', { message: { type: 'transcript' } });
    });
    await within(log).findByText('avatar-message', undefined, { timeout: 5_000 });
    await userEvent.type(within(log).getByRole('searchbox'), 'avatar ack');
    expect(within(log).queryByText('voice-message')).toBeNull();
    const row = within(log).getByRole('button', { name: /avatar-message/ });
    await userEvent.click(row);
    expect(row.getAttribute('aria-expanded')).toBe('true');
    expect(log.textContent).toContain('"status": "success"');
    await userEvent.type(within(log).getByRole('searchbox'), ' nothing');
    expect(log.textContent).toContain(defaultLabels.devtoolsFilterEmpty);
  });

  it('grows and shrinks with the arrow keys', async () => {
    setUp({ defaultOpen: true });
    await opened();
    const edge = screen.getByRole('separator', { name: defaultLabels.devtoolsResize });
    const before = Number(edge.getAttribute('aria-valuenow'));
    edge.focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(Number(edge.getAttribute('aria-valuenow'))).toBeGreaterThan(before);
    await userEvent.keyboard('{Home}');
    expect(edge.getAttribute('aria-valuenow')).toBe(edge.getAttribute('aria-valuemin'));
  });

  it('makes the emulator fail, says what waits, and says when it does not answer', async () => {
    const armed: { readonly fault: string }[] = [];
    let isUp = true;
    vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
      expect(url).toBe('http://127.0.0.1:7300/_emulator/faults');
      if (!isUp) throw new TypeError('Failed to fetch');
      if (init.method === 'POST') armed.push(JSON.parse(String(init.body)));
      if (init.method === 'DELETE') armed.splice(0);
      return new Response(JSON.stringify({ available: { 'drop-socket': 'Cuts.', 'slow-reply': 'Late.' }, armed }));
    });
    setUp({ defaultOpen: true, emulatorUrl: 'http://127.0.0.1:7300/' });
    const faults = await screen.findByRole('group', { name: defaultLabels.devtoolsFaults });
    await userEvent.click(await within(faults).findByRole('button', { name: 'slow-reply' }));
    await within(faults).findByText(defaultLabels.devtoolsFaultsArmed(['slow-reply']));
    expect(armed).toEqual([{ fault: 'slow-reply', delayMs: 3_000 }]);
    await userEvent.click(within(faults).getByRole('button', { name: defaultLabels.devtoolsClear }));
    await within(faults).findByText(defaultLabels.devtoolsFaultsArmed([]));
    isUp = false;
    await userEvent.click(within(faults).getByRole('button', { name: 'drop-socket' }));
    await within(faults).findByText(defaultLabels.devtoolsEmulatorDown);
    isUp = true;
    await userEvent.click(within(faults).getByRole('button', { name: defaultLabels.retry }));
    await within(faults).findByRole('button', { name: 'drop-socket' });
  });

  it('gives its recorder to a component of your own, and lets go of the session with it', async () => {
    const session = createScriptedSession();
    let recorder: DevtoolsRecorder | null = null;
    const Own = () => {
      ({ recorder } = useAvatarDevtools({ shortcut: null }));
      return null;
    };
    const { unmount } = render(<StrictMode><AvatarProvider session={session}><Own /></AvatarProvider></StrictMode>);
    await waitFor(() => expect(recorder).not.toBeNull());
    const entries = () => recorder?.getSnapshot().entries.map(({ type }) => type);
    act(() => session.push({ status: 'live' }));
    expect(entries()).toEqual(['attach', 'state-change']);
    unmount();
    session.push({ status: 'ended' });
    expect(entries()).toEqual(['attach', 'state-change']);
  });
});
