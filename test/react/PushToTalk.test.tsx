import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode, type ReactElement } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { AvatarProvider, defaultLabels, PushToTalkButton, type SessionState } from '../../src/index.js';
import { createScriptedSession, type ScriptedSessionOptions } from '../../src/testing/createScriptedSession.js';

afterEach(cleanup);

const on: SessionState['microphone'] = { status: 'on', muted: false, error: null, deviceId: null, interrupted: false };

function setUp(options: Omit<ScriptedSessionOptions, 'state'> = {}, state: Partial<SessionState> = {}) {
  const session = createScriptedSession({ ...options, state: { status: 'live', microphone: on, ...state } });
  const view = render(
    <StrictMode>
      <AvatarProvider session={session}>
        <PushToTalkButton />
        <input aria-label="elsewhere" />
      </AvatarProvider>
    </StrictMode>,
  );
  const talked = (): readonly unknown[] => session.calls.filter(({ method }) => method === 'setTalking').map(({ args }) => args[0]);
  return { session, talked, button: screen.getByRole('button'), ...view };
}

describe('PushToTalkButton', () => {
  it('puts the session into push-to-talk while it is there, and gives the mode of before back', () => {
    const { session, unmount } = setUp({ turnMode: 'transcript' });
    expect(session.getTurnMode()).toBe('push-to-talk');

    unmount();
    expect(session.getTurnMode()).toBe('transcript');
  });

  it('lets the user be heard while a pointer holds it, also when that slides off', () => {
    const { button, talked } = setUp();
    fireEvent.pointerDown(button, { button: 0, pointerId: 1 });
    expect(button.getAttribute('aria-pressed')).toBe('true');
    expect(button.textContent).toBe(defaultLabels.pushToTalkHeld);
    fireEvent.pointerLeave(button, { pointerId: 1 });
    expect(talked()).toEqual([true]);

    fireEvent.pointerUp(button, { pointerId: 1 });
    expect(button.getAttribute('aria-pressed')).toBe('false');
    expect(talked()).toEqual([true, false]);
  });

  it('takes no notice of the other buttons of a mouse', () => {
    const { button, talked } = setUp();
    fireEvent.pointerDown(button, { button: 2, pointerId: 1 });

    expect(talked()).toEqual([]);
  });

  it.each([' ', 'Enter'])('is held with the key "%s", which repeats', (key) => {
    const { button, talked } = setUp();
    button.focus();
    expect(fireEvent.keyDown(button, { key })).toBe(false);
    fireEvent.keyDown(button, { key, repeat: true });
    fireEvent.keyDown(button, { key, repeat: true });
    fireEvent.keyUp(button, { key });

    expect(talked()).toEqual([true, false]);
  });

  it('lets go when the focus moves while a key is held', async () => {
    const { button, talked } = setUp();
    button.focus();
    fireEvent.keyDown(button, { key: ' ' });
    await userEvent.click(screen.getByLabelText('elsewhere'));

    expect(talked()).toEqual([true, false]);
  });

  it.each([
    ['the window loses the focus', () => window.dispatchEvent(new Event('blur'))],
    ['the touch is taken away', () => fireEvent.pointerCancel(screen.getByRole('button'), { pointerId: 1 })],
  ])('lets go when %s', (_what, happen) => {
    const { button, talked } = setUp();
    fireEvent.pointerDown(button, { button: 0, pointerId: 1 });
    act(() => void happen());

    expect(talked()).toEqual([true, false]);
  });

  it('lets go when the connection is lost, and cannot be used then', () => {
    const { session, button, talked } = setUp();
    fireEvent.pointerDown(button, { button: 0, pointerId: 1 });
    act(() => session.push({ status: 'reconnecting' }));
    expect(talked()).toEqual([true, false]);
    expect(button.getAttribute('aria-disabled')).toBe('true');

    fireEvent.pointerDown(button, { button: 0, pointerId: 2 });
    expect(talked()).toEqual([true, false]);
  });

  it('lets go when it is taken out of the page', () => {
    const { button, talked, unmount } = setUp();
    fireEvent.pointerDown(button, { button: 0, pointerId: 1 });
    unmount();

    expect(talked()).toEqual([true, false]);
  });

  it('switches for assistive technology, which clicks without holding', () => {
    const { button, talked } = setUp();
    fireEvent.click(button, { detail: 0 });
    fireEvent.click(button, { detail: 0 });
    fireEvent.click(button, { detail: 1 });

    expect(talked()).toEqual([true, false]);
  });

  it('mutes the microphone in a session that takes no turns', () => {
    const { session, button, unmount } = setUp({ turnMode: null });
    expect(session.getSnapshot().microphone.muted).toBe(true);

    fireEvent.pointerDown(button, { button: 0, pointerId: 1 });
    expect(session.getSnapshot().microphone.muted).toBe(false);
    fireEvent.pointerUp(button, { pointerId: 1 });
    expect(session.getSnapshot().microphone.muted).toBe(true);

    unmount();
    expect(session.getSnapshot().microphone.muted).toBe(false);
  });
});

describe('two of them on one session', () => {
  function setUpTwo(turnMode: ScriptedSessionOptions['turnMode'] = 'voice') {
    const session = createScriptedSession({ turnMode, state: { status: 'live', microphone: on } });
    const Page = ({ hasSecond = true }: { readonly hasSecond?: boolean }): ReactElement => (
      <StrictMode>
        <AvatarProvider session={session}>
          <PushToTalkButton>one</PushToTalkButton>
        </AvatarProvider>
        {/* Another provider: what they share is the session. */}
        <AvatarProvider session={session}>{hasSecond && <PushToTalkButton>two</PushToTalkButton>}</AvatarProvider>
      </StrictMode>
    );
    const view = render(<Page />);
    const talked = (): readonly unknown[] => session.calls.filter(({ method }) => method === 'setTalking').map(({ args }) => args[0]);
    const pressed = (): readonly (string | null)[] => screen.getAllByRole('button').map((button) => button.getAttribute('aria-pressed'));
    return { session, talked, pressed, one: screen.getByText('one'), two: screen.getByText('two'), dropSecond: () => view.rerender(<Page hasSecond={false} />), unmount: view.unmount };
  }

  it('are heard as long as either is held, and both show it', () => {
    const { talked, pressed, one, two } = setUpTwo();
    fireEvent.pointerDown(one, { button: 0, pointerId: 1 });
    expect(pressed()).toEqual(['true', 'true']);
    fireEvent.keyDown(two, { key: ' ' });
    fireEvent.pointerUp(one, { pointerId: 1 });
    expect(pressed()).toEqual(['true', 'true']);
    expect(talked()).toEqual([true]);

    fireEvent.keyUp(two, { key: ' ' });
    expect(pressed()).toEqual(['false', 'false']);
    expect(talked()).toEqual([true, false]);
  });

  it('give the mode of before back with the last of them', () => {
    const { session, dropSecond, unmount } = setUpTwo('transcript');
    dropSecond();
    expect(session.getTurnMode()).toBe('push-to-talk');
    unmount();
    expect(session.getTurnMode()).toBe('transcript');
  });

  it('go on with the one that stays when the other is taken away in the hand', () => {
    const { talked, pressed, one, two, dropSecond } = setUpTwo();
    fireEvent.pointerDown(one, { button: 0, pointerId: 1 });
    fireEvent.pointerDown(two, { button: 0, pointerId: 2 });
    dropSecond();
    expect(pressed()).toEqual(['true']);
    expect(talked()).toEqual([true]);
  });

  it('are both let go by the one that assistive technology presses again', () => {
    const { talked, one, two } = setUpTwo();
    fireEvent.click(one, { detail: 0 });
    fireEvent.click(two, { detail: 0 });
    expect(talked()).toEqual([true, false]);
  });
});
