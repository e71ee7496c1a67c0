import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode, useState, type ReactElement } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { AvatarError, AvatarProvider, defaultLabels, MessageInput, type MessageInputProps } from '../../src/index.js';
import { createDeferred } from '../../src/clock/createDeferred.js';
import { createScriptedSession, type ScriptedSessionOptions } from '../../src/testing/createScriptedSession.js';

afterEach(cleanup);

function setUp(options: ScriptedSessionOptions = {}, props: MessageInputProps = {}) {
  const session = createScriptedSession({ state: { status: 'live' }, ...options });
  render(
    <StrictMode>
      <AvatarProvider session={session}>
        <MessageInput {...props} />
      </AvatarProvider>
    </StrictMode>,
  );
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: defaultLabels.message });
  const sent = (): readonly unknown[] => session.calls.filter(({ method }) => method === 'sendText').map(({ args }) => args[0]);
  return { session, field, sent, button: screen.getByRole('button', { name: defaultLabels.send }) };
}

describe('MessageInput', () => {
  it('sends with Enter, makes a new line with Shift and Enter, and is empty afterwards', async () => {
    const { field, sent } = setUp();
    await userEvent.type(field, ' Hello{Shift>}{Enter}{/Shift}there {Enter}');

    await waitFor(() => expect(field.value).toBe(''));
    expect(sent()).toEqual(['Hello\nthere']);
    expect(document.activeElement).toBe(field);
  });

  it('leaves the Enter that chooses a character to the input method', async () => {
    const { field, sent } = setUp();
    await userEvent.type(field, 'にほん');
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });

    expect(sent()).toEqual([]);
    expect(field.value).toBe('にほん');
  });

  it('sends nothing that is empty', async () => {
    const { field, button, sent } = setUp();
    await userEvent.type(field, '   {Enter}');

    expect(sent()).toEqual([]);
    expect(button.getAttribute('aria-disabled')).toBe('true');
  });

  it('keeps the text while it is being sent, once, and the focus in the field', async () => {
    const answer = createDeferred();
    const { field, button, sent } = setUp({ onSendText: () => answer.promise });
    await userEvent.type(field, 'Hello');
    await userEvent.click(button);
    await userEvent.click(button);
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sent()).toEqual(['Hello']);
    expect(field.value).toBe('Hello');
    expect(field.readOnly).toBe(true);
    expect(document.activeElement).toBe(field);

    await act(async () => answer.resolve());
    expect(field.value).toBe('');
  });

  it('keeps the text that could not be sent, says so, and sends it again', async () => {
    let fail = true;
    const { field, sent } = setUp({
      onSendText() {
        if (fail) throw new AvatarError('connection-lost', { message: 'Gone.' });
      },
    });
    await userEvent.type(field, 'Hello{Enter}');
    await screen.findByText(defaultLabels.messageFailed);
    expect(field.value).toBe('Hello');
    expect(field.getAttribute('aria-invalid')).toBe('true');

    fail = false;
    await userEvent.type(field, '{Enter}');
    await waitFor(() => expect(field.value).toBe(''));
    expect(sent()).toEqual(['Hello', 'Hello']);
    expect(screen.queryByText(defaultLabels.messageFailed)).toBeNull();
  });

  it('is disabled, and says why, where nobody takes text', () => {
    const { field } = setUp({ takesText: false });

    expect(field.disabled).toBe(true);
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe(defaultLabels.messageUnavailable);
  });

  it('can be written in before the session is live, and sends nothing until then', async () => {
    const { session, field, sent } = setUp({ state: { status: 'connecting' } });
    await userEvent.type(field, 'Hello{Enter}');
    expect(screen.getByText(defaultLabels.messageWaits)).toBeTruthy();
    expect(sent()).toEqual([]);

    act(() => session.push({ status: 'live' }));
    await userEvent.type(field, '{Enter}');
    expect(sent()).toEqual(['Hello']);
  });

  it('can be controlled', async () => {
    const session = createScriptedSession({ state: { status: 'live' } });
    const heard: string[] = [];
    function Controlled(): ReactElement {
      const [value, setValue] = useState('');
      return <MessageInput value={value} onValueChange={(next) => setValue(next.toUpperCase())} onSend={(text) => heard.push(text)} />;
    }
    render(<AvatarProvider session={session}><Controlled /></AvatarProvider>);
    await userEvent.type(screen.getByRole('textbox'), 'abc{Enter}');

    await waitFor(() => expect(heard).toEqual(['ABC']));
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('');
  });
});
