import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  Avatar,
  AvatarError,
  AvatarProvider,
  defaultLabels,
  EndButton,
  InterruptButton,
  MicToggle,
  AutoplayUnlock,
  StartButton,
  type SessionState,
} from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

afterEach(cleanup);

const on: SessionState['microphone'] = { status: 'on', muted: false, error: null, deviceId: null, interrupted: false };

describe('StartButton', () => {
  it('starts once, however often it is pressed', async () => {
    const session = createScriptedSession({ onStart: (started) => started.push({ status: 'authorizing' }) });
    render(<AvatarProvider session={session}><StartButton /></AvatarProvider>);
    const button = screen.getByRole('button');
    await userEvent.dblClick(button);
    await userEvent.click(button);

    expect(session.calls).toEqual([{ method: 'start', args: [] }]);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.textContent).toBe(defaultLabels.starting);
  });

  it('vanishes when live and comes back with other words', () => {
    const session = createScriptedSession({ state: { status: 'live' } });
    render(<AvatarProvider session={session}><StartButton /></AvatarProvider>);
    expect(screen.queryByRole('button')).toBeNull();
    act(() => session.push({ status: 'ended' }));
    expect(screen.getByRole('button').textContent).toBe(defaultLabels.restart);
    act(() => session.push({ status: 'failed' }));
    expect(screen.getByRole('button').textContent).toBe(defaultLabels.retry);
  });

  it('lets the application keep it from starting', async () => {
    const session = createScriptedSession();
    render(<AvatarProvider session={session}><StartButton onClick={(event) => event.preventDefault()} /></AvatarProvider>);
    await userEvent.click(screen.getByRole('button'));

    expect(session.calls).toEqual([]);
  });

  it('gives its behaviour, class, ref and handlers to a child', async () => {
    const session = createScriptedSession();
    const outer = createRef<HTMLButtonElement>();
    const inner = createRef<HTMLAnchorElement>();
    const onClick = vi.fn();
    render(
      <AvatarProvider session={session}>
        <StartButton asChild ref={outer} className="outer">
          <a href="#start" ref={inner} className="inner" onClick={onClick}>Talk</a>
        </StartButton>
      </AvatarProvider>,
    );
    const link = screen.getByText('Talk');
    await userEvent.click(link);

    expect(link.className).toBe('visavis-button visavis-button-primary outer inner');
    expect(outer.current).toBe(link);
    expect(inner.current).toBe(link);
    expect(onClick).toHaveBeenCalledOnce();
    expect(session.calls).toEqual([{ method: 'start', args: [] }]);
  });
});

describe('the keyboard focus', () => {
  it('moves from Start to End when the session becomes live, and back when it ends', async () => {
    const session = createScriptedSession({ onStart: (started) => started.push({ status: 'connecting' }) });
    render(<Avatar session={session} />);
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement?.textContent).toBe(defaultLabels.starting);

    act(() => session.push({ status: 'live' }));
    expect(document.activeElement?.textContent).toBe(defaultLabels.end);

    await userEvent.keyboard('{Enter}');
    expect(document.activeElement?.textContent).toBe(defaultLabels.restart);
  });

  it('moves from Start to Try again when the start fails', async () => {
    const session = createScriptedSession({ onStart: (started) => started.push({ status: 'connecting' }) });
    render(<Avatar session={session} />);
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    act(() => session.push({ status: 'failed', error: new AvatarError('avatar-busy', { message: 'Taken.' }) }));

    expect(document.activeElement?.textContent).toBe(defaultLabels.retry);
  });

  it('stays where the user has put it meanwhile', async () => {
    const session = createScriptedSession({ onStart: (started) => started.push({ status: 'connecting' }) });
    render(
      <>
        <Avatar session={session} />
        <input aria-label="elsewhere" />
      </>,
    );
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    screen.getByLabelText('elsewhere').focus();
    act(() => session.push({ status: 'live' }));

    expect(document.activeElement).toBe(screen.getByLabelText('elsewhere'));
  });
});

describe('EndButton', () => {
  it('gives up connecting', async () => {
    const session = createScriptedSession({ state: { status: 'connecting' } });
    render(<AvatarProvider session={session}><EndButton /></AvatarProvider>);
    await userEvent.click(screen.getByRole('button', { name: defaultLabels.cancel }));

    expect(session.calls).toEqual([{ method: 'end', args: [] }]);
  });
});

describe('MicToggle', () => {
  it('tells by aria-pressed whether the user is heard, under one name', async () => {
    const session = createScriptedSession({ state: { status: 'live', microphone: on } });
    render(<AvatarProvider session={session}><MicToggle /></AvatarProvider>);
    const button = screen.getByRole('button', { name: defaultLabels.microphone });
    expect(button.getAttribute('aria-pressed')).toBe('true');

    await userEvent.click(button);
    expect(session.calls).toEqual([{ method: 'microphone.setMuted', args: [true] }]);
    expect(button.getAttribute('aria-pressed')).toBe('false');
    expect(screen.getByRole('button', { name: defaultLabels.microphone })).toBe(button);
  });

  it('starts a microphone that is off, and does not ask twice', async () => {
    const session = createScriptedSession();
    render(<AvatarProvider session={session}><MicToggle /></AvatarProvider>);
    act(() => session.microphone.push({ status: 'requesting' }));
    await userEvent.click(screen.getByRole('button'));
    expect(session.calls).toEqual([]);

    act(() => session.microphone.push({ status: 'off' }));
    await userEvent.click(screen.getByRole('button'));
    expect(session.calls).toEqual([{ method: 'microphone.start', args: [] }]);
  });

  it('drives its ring through a custom property while on, and stops listening when muted', () => {
    const session = createScriptedSession({ state: { microphone: on } });
    render(<AvatarProvider session={session}><MicToggle /></AvatarProvider>);
    const button = screen.getByRole('button');
    session.emitLevel(0.1);
    expect(Number(button.style.getPropertyValue('--visavis-level'))).toBeGreaterThan(0.3);

    act(() => session.microphone.push({ muted: true }));
    expect(button.style.getPropertyValue('--visavis-level')).toBe('');
    expect(session.microphone.listenerCount).toBe(0);
  });
});

describe('InterruptButton', () => {
  it('interrupts only while live', async () => {
    const session = createScriptedSession();
    render(<AvatarProvider session={session}><InterruptButton /></AvatarProvider>);
    await userEvent.click(screen.getByRole('button'));
    expect(session.calls).toEqual([]);

    act(() => session.push({ status: 'live' }));
    await userEvent.click(screen.getByRole('button'));
    expect(session.calls).toEqual([{ method: 'interrupt', args: [] }]);
  });
});

describe('AutoplayUnlock', () => {
  it('appears when the browser blocks the sound and plays it', async () => {
    const session = createScriptedSession({ state: { status: 'live', sound: 'playing' } });
    render(<AvatarProvider session={session}><AutoplayUnlock /></AvatarProvider>);
    expect(screen.queryByRole('button')).toBeNull();

    act(() => session.push({ sound: 'blocked' }));
    await userEvent.click(screen.getByRole('button', { name: defaultLabels.unlockSound }));
    expect(session.calls).toEqual([{ method: 'resumeSound', args: [] }]);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('hands the focus to End when it vanishes', async () => {
    const session = createScriptedSession({ state: { status: 'live', sound: 'blocked' } });
    render(<Avatar session={session} />);
    screen.getByRole('button', { name: defaultLabels.unlockSound }).focus();
    await userEvent.keyboard('{Enter}');

    expect(screen.queryByRole('button', { name: defaultLabels.unlockSound })).toBeNull();
    expect(document.activeElement?.textContent).toBe(defaultLabels.end);
  });
});

describe('words of one component', () => {
  it('replace those of the provider there, and nowhere else', () => {
    const session = createScriptedSession({ state: { status: 'live', microphone: on } });
    render(
      <AvatarProvider session={session} labels={{ end: 'Ende' }}>
        <EndButton />
        <EndButton labels={{ end: 'Schluss' }} />
        <InterruptButton labels={{ interrupt: 'Halt' }} />
        <MicToggle labels={{ microphone: 'Mikrofon' }} />
      </AvatarProvider>,
    );

    expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label') ?? button.textContent)).toEqual(['Ende', 'Schluss', 'Halt', 'Mikrofon']);
  });
});
