import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Profiler, StrictMode, type ReactNode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Avatar, AvatarError, AvatarProvider, ConnectionStatus, defaultLabels, MicHelp, MicLevel, MicSelect, PreJoin, SpeakerSelect, useMicPermission, type SessionState } from '../../src/index.js';
import { createScriptedSession, type ScriptedSession } from '../../src/testing/createScriptedSession.js';
import { desk, fakeDevices, hiddenDesk, type FakeDevices } from '../../stories/support/fakeDevices.js';

const on: SessionState['microphone'] = { status: 'on', muted: false, error: null, deviceId: 'mic-mac', interrupted: false };
const denied = new AvatarError('microphone-denied', { message: 'Refused.', cause: new DOMException('Permission denied', 'NotAllowedError') });
const notes = defaultLabels.deviceNotes;

let browser: FakeDevices;
beforeEach(() => {
  localStorage.clear();
  browser = fakeDevices();
  // Happy DOM has no audio output to choose.
  Object.defineProperty(HTMLMediaElement.prototype, 'setSinkId', { configurable: true, value: () => Promise.resolve() });
});
afterEach(() => {
  cleanup();
  Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
  browser.remove();
});

function show(session: ScriptedSession, ui: ReactNode, props: { readonly rememberDevices?: boolean | string } = {}) {
  return render(<StrictMode><AvatarProvider session={session} {...props}>{ui}</AvatarProvider></StrictMode>);
}

const optionsOf = (name: string) => [...screen.getByRole<HTMLSelectElement>('combobox', { name }).options].map(({ text }) => text);
const microphones = () => screen.getByRole<HTMLSelectElement>('combobox', { name: defaultLabels.microphone });
const calls = (session: ScriptedSession, method: string) => session.calls.filter((call) => call.method === method).map(({ args }) => args[0]);

describe('MicSelect', () => {
  it('lists every device once, and says what the default is', async () => {
    show(createScriptedSession(), <MicSelect />);
    await waitFor(() => expect(optionsOf(defaultLabels.microphone)).toEqual(['System default (MacBook Pro Microphone (Built-in))', 'MacBook Pro Microphone (Built-in)', 'Studio Mic']));
  });

  it('changes the device, and remembers it for the next visit', async () => {
    const session = createScriptedSession({ state: { status: 'live', microphone: on } });
    const { unmount } = show(session, <MicSelect />);
    await screen.findByText('Studio Mic');
    await userEvent.selectOptions(microphones(), 'Studio Mic');
    expect(calls(session, 'microphone.setDevice')).toEqual(['mic-studio']);
    expect(microphones().value).toBe('mic-studio');
    unmount();

    const next = createScriptedSession();
    show(next, <MicSelect />);
    expect(calls(next, 'microphone.preferDevice')).toContain('mic-studio');
    await waitFor(() => expect(microphones().value).toBe('mic-studio'));
  });

  it('remembers nothing where the application does not want it, or under the key that it names', async () => {
    const session = createScriptedSession();
    const { unmount } = show(session, <MicSelect />, { rememberDevices: false });
    await screen.findByText('Studio Mic');
    await userEvent.selectOptions(microphones(), 'Studio Mic');
    expect(localStorage.length).toBe(0);
    unmount();

    show(session, <MicSelect />, { rememberDevices: 'shop.devices' });
    await screen.findByText('Studio Mic');
    await userEvent.selectOptions(microphones(), 'Studio Mic');
    expect(localStorage.getItem('shop.devices')).toContain('mic-studio');
  });

  it('says that the device of the last visit is gone, shows the one in use, and offers it again when it is back', async () => {
    localStorage.setItem('visavis.devices', JSON.stringify({ microphone: { deviceId: 'mic-gone', label: 'Podcast Mic' }, speaker: null }));
    const session = createScriptedSession({ state: { status: 'live', microphone: on } });
    show(session, <MicSelect />);
    await screen.findByText(notes.gone('Podcast Mic'));
    expect(microphones().value).toBe('mic-mac');

    act(() => browser.plug([...desk, { kind: 'audioinput', deviceId: 'mic-gone', label: 'Podcast Mic', groupId: '' }]));
    await screen.findByRole('option', { name: 'Podcast Mic' });
    expect(screen.queryByText(notes.gone('Podcast Mic'))).toBeNull();
    await userEvent.selectOptions(microphones(), 'Podcast Mic');
    expect(calls(session, 'microphone.setDevice')).toEqual(['mic-gone']);
  });

  it('keeps the device that it has when another cannot be had, and says so', async () => {
    const session = createScriptedSession({ state: { status: 'live', microphone: on } });
    session.microphone.setDevice = () => Promise.reject(new AvatarError('microphone-busy', { message: 'Taken.' }));
    show(session, <MicSelect />);
    await screen.findByText('Studio Mic');
    await userEvent.selectOptions(microphones(), 'Studio Mic');
    await screen.findByText(notes.failed);
    expect(microphones().value).toBe('');
    expect(localStorage.length).toBe(0);
  });

  it('names the devices as soon as the microphone is on, though no event tells of it', async () => {
    browser.plug(hiddenDesk);
    const session = createScriptedSession();
    show(session, <MicSelect />);
    await screen.findByText(notes.hidden);
    const { dispatchEvent } = navigator.mediaDevices;
    navigator.mediaDevices.dispatchEvent = () => true;
    browser.plug(desk);
    navigator.mediaDevices.dispatchEvent = dispatchEvent;
    act(() => session.microphone.push(on));
    await screen.findByText('Studio Mic');
  });

  it('can be controlled', async () => {
    const session = createScriptedSession();
    const onValueChange = vi.fn();
    const ui = (value: string) => <StrictMode><AvatarProvider session={session}><MicSelect value={value} onValueChange={onValueChange} /></AvatarProvider></StrictMode>;
    const { rerender } = render(ui('mic-mac'));
    await waitFor(() => expect(microphones().value).toBe('mic-mac'));
    await userEvent.selectOptions(microphones(), 'Studio Mic');
    expect(onValueChange).toHaveBeenCalledExactlyOnceWith('mic-studio');
    expect(microphones().value).toBe('mic-mac');
    rerender(ui('mic-studio'));
    await waitFor(() => expect(microphones().value).toBe('mic-studio'));
  });

  it('takes the default of the application only where the user has chosen none', async () => {
    const fresh = createScriptedSession();
    const { unmount } = show(fresh, <MicSelect defaultValue="mic-mac" />);
    await waitFor(() => expect(microphones().value).toBe('mic-mac'));
    expect(calls(fresh, 'microphone.setDevice')).toContain('mic-mac');
    unmount();

    localStorage.setItem('visavis.devices', JSON.stringify({ microphone: { deviceId: 'mic-studio', label: 'Studio Mic' }, speaker: null }));
    const returning = createScriptedSession();
    show(returning, <MicSelect defaultValue="mic-mac" />);
    await waitFor(() => expect(microphones().value).toBe('mic-studio'));
    expect(calls(returning, 'microphone.setDevice')).toEqual([]);
  });

  it('shows that a call has taken the microphone', async () => {
    show(createScriptedSession({ state: { microphone: { ...on, interrupted: true } } }), <MicSelect />);
    await screen.findByText(notes.interrupted);
  });

  it('shows in the status, too, that a call has taken the microphone, and that it is back', () => {
    const session = createScriptedSession({ state: { status: 'live', microphone: { ...on, interrupted: true } } });
    show(session, <ConnectionStatus />);
    expect(screen.getByRole('status').textContent).toBe(defaultLabels.microphonePaused);
    act(() => session.microphone.push({ interrupted: false }));
    expect(screen.getByRole('status').textContent).toBe(defaultLabels.listening);
  });

  it('explains why there is nothing to choose', async () => {
    const session = createScriptedSession();
    Reflect.deleteProperty(session.microphone, 'setDevice');
    show(session, <MicSelect />);
    await screen.findByText(notes.fixedMicrophone);
    expect(microphones().disabled).toBe(true);
  });

  it('leaves no listener behind', async () => {
    const { unmount } = show(createScriptedSession(), <><MicSelect /><SpeakerSelect /><MicHelp /></>);
    await screen.findByText('Studio Mic');
    unmount();
    await waitFor(() => expect(browser.listenerCount).toBe(0));
  });
});

describe('SpeakerSelect', () => {
  it('chooses and remembers the speaker', async () => {
    const session = createScriptedSession();
    const { unmount } = show(session, <SpeakerSelect />);
    await screen.findByText('Ada’s AirPods (Bluetooth)');
    await userEvent.selectOptions(screen.getByRole('combobox'), 'Ada’s AirPods (Bluetooth)');
    expect(calls(session, 'setSpeaker')).toEqual(['out-headset']);
    unmount();
    const next = createScriptedSession();
    show(next, null);
    expect(calls(next, 'setSpeaker')).toContain('out-headset');
  });

  it('offers the dialogue of a browser that has one, and takes what was chosen there', async () => {
    const asked = { kind: 'audiooutput', deviceId: 'out-tv', label: 'Television', groupId: '' } as const;
    Object.assign(navigator.mediaDevices, {
      selectAudioOutput: async () => {
        browser.plug([...desk, asked]);
        return asked;
      },
    });
    const session = createScriptedSession();
    show(session, <SpeakerSelect />);
    await userEvent.click(await screen.findByRole('button', { name: defaultLabels.otherSpeaker }));
    await waitFor(() => expect(screen.getByRole<HTMLSelectElement>('combobox').value).toBe('out-tv'));
    expect(calls(session, 'setSpeaker')).toEqual(['out-tv']);
    expect(localStorage.getItem('visavis.devices')).toContain('Television');
  });

  it('says where the choice is when the browser leaves it to the system, or is not there at all', async () => {
    Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
    const { unmount } = show(createScriptedSession(), <SpeakerSelect />);
    await screen.findByText(notes.fixedSpeaker);
    expect(screen.getByRole<HTMLSelectElement>('combobox').disabled).toBe(true);
    unmount();
    show(createScriptedSession(), <SpeakerSelect whenUnsupported="hide" />);
    expect(screen.queryByRole('combobox')).toBeNull();
  });
});

describe('MicLevel', () => {
  it('follows the voice without a commit', () => {
    const session = createScriptedSession({ state: { microphone: on } });
    const onRender = vi.fn();
    show(session, <Profiler id="level" onRender={onRender}><MicLevel /></Profiler>);
    const meter = screen.getByRole('meter');
    onRender.mockClear();
    for (let frame = 0; frame < 100; frame++) session.emitLevel(0.1);
    expect(Number(meter.style.getPropertyValue('--visavis-level'))).toBeGreaterThan(0.4);
    expect(Number(meter.getAttribute('aria-valuenow'))).toBeGreaterThan(40);
    expect(onRender).not.toHaveBeenCalled();
  });

  it('rests and listens to nothing while muted', () => {
    const session = createScriptedSession({ state: { microphone: on } });
    show(session, <MicLevel />);
    session.emitLevel(0.1);
    act(() => session.microphone.push({ muted: true }));
    expect(screen.getByRole('meter').getAttribute('aria-valuenow')).toBe('0');
    expect(session.microphone.listenerCount).toBe(0);
  });
});

describe('useMicPermission', () => {
  function Permission() {
    const { status, reason } = useMicPermission();
    return <p>{`${status} ${reason ?? ''}`}</p>;
  }

  it('follows the browser, and the microphone where the browser lags behind', async () => {
    const session = createScriptedSession();
    browser.allow('prompt');
    show(session, <Permission />);
    await screen.findByText('prompt');
    act(() => browser.allow('denied'));
    await screen.findByText('denied blocked');
    act(() => session.microphone.push(on));
    await screen.findByText('granted');
  });

  it('knows what came of asking where the browser tells nothing', async () => {
    Object.defineProperty(navigator, 'permissions', { configurable: true, value: { query: () => Promise.reject(new TypeError('microphone')) } });
    const session = createScriptedSession();
    show(session, <Permission />);
    await screen.findByText('prompt');
    act(() => session.microphone.push({ status: 'failed', error: denied }));
    await screen.findByText('denied blocked');
  });
});

describe('MicHelp', () => {
  it('stays while the browser asks again, and goes when the microphone is on', async () => {
    browser.allow('denied');
    const session = createScriptedSession({ state: { microphone: { ...on, status: 'failed', error: denied } } });
    session.microphone.start = async () => session.microphone.push({ status: 'requesting', error: null });
    show(session, <MicHelp />);
    await userEvent.click(await screen.findByRole('button', { name: defaultLabels.retry }));
    const button = screen.getByRole('button', { name: defaultLabels.retry });
    expect([button.getAttribute('aria-disabled'), document.activeElement]).toEqual(['true', button]);
    act(() => session.microphone.push(on));
    expect(screen.queryByRole('group')).toBeNull();
  });

  it('tries again by itself when the user allows the microphone in the settings', async () => {
    browser.allow('denied');
    const session = createScriptedSession({ state: { microphone: { ...on, status: 'failed', error: denied } } });
    show(session, <MicHelp />);
    await screen.findByText(defaultLabels.micHelpTitle.blocked);
    expect(calls(session, 'microphone.start')).toHaveLength(0);
    act(() => browser.allow('granted'));
    await waitFor(() => expect(session.microphone.getSnapshot().status).toBe('on'));
  });

  it('says nothing in a session without a microphone', async () => {
    browser.allow('denied');
    const shown = vi.fn(() => null);
    show(createScriptedSession({ usesMicrophone: false }), <><MicHelp>{shown}</MicHelp><MicSelect /></>);
    await screen.findByText('Studio Mic');
    expect(shown).not.toHaveBeenCalled();
  });
});

describe('PreJoin', () => {
  const ui = <PreJoin><Avatar /></PreJoin>;

  it('asks for nothing by itself', async () => {
    browser.allow('prompt');
    const session = createScriptedSession();
    show(session, ui);
    await screen.findByText('Studio Mic');
    expect(session.calls).toEqual([]);
  });

  it('opens the microphone at once where it was allowed earlier, and says when it hears a voice', async () => {
    const session = createScriptedSession();
    show(session, ui);
    await screen.findByText(defaultLabels.saySomething);
    for (let level = 0; level < 5; level++) act(() => session.emitLevel(0.1));
    act(() => session.emitLevel(0.001));
    expect(screen.queryByText(defaultLabels.heard)).toBeNull();
    for (let level = 0; level < 6; level++) act(() => session.emitLevel(0.1));
    await screen.findByText(defaultLabels.heard);
  });

  it('releases the microphone when it goes away without a session', async () => {
    const session = createScriptedSession();
    const { unmount } = show(session, ui);
    await screen.findByText(defaultLabels.saySomething);
    unmount();
    expect(session.microphone.getSnapshot().status).toBe('off');
    expect(session.microphone.listenerCount).toBe(0);
  });

  it('starts, shows what comes next, and keeps the focus and the microphone', async () => {
    const session = createScriptedSession({ onStart: (started) => started.push({ status: 'connecting' }) });
    const onJoinedChange = vi.fn();
    show(session, <PreJoin onJoinedChange={onJoinedChange}><Avatar /></PreJoin>);
    await screen.findByText(defaultLabels.saySomething);
    await userEvent.click(screen.getByRole('button', { name: defaultLabels.start }));
    expect(onJoinedChange).toHaveBeenCalledExactlyOnceWith(true, { listenOnly: false });
    expect(session.calls).toContainEqual({ method: 'start', args: [] });
    expect(session.microphone.getSnapshot().status).toBe('on');
    expect(document.activeElement?.tagName).toBe('BUTTON');
  });

  it('lets the user in without a microphone', async () => {
    const session = createScriptedSession({ onStart: (started) => started.push({ status: 'connecting' }) });
    show(session, ui);
    await screen.findByText(defaultLabels.saySomething);
    await userEvent.click(screen.getByRole('button', { name: defaultLabels.listenOnly }));
    expect(session.calls).toContainEqual({ method: 'start', args: [{ microphone: false }] });
    expect(session.microphone.getSnapshot().status).toBe('off');
  });

  it('has only a speaker to check in a session without a microphone', async () => {
    const session = createScriptedSession({ usesMicrophone: false });
    show(session, ui);
    await screen.findByText('Ada’s AirPods (Bluetooth)');
    expect(screen.queryByRole('combobox', { name: defaultLabels.microphone })).toBeNull();
    expect(session.calls).toEqual([]);
  });

  it('shows what to do when the microphone is blocked, and hands the focus on when it is not any more', async () => {
    browser.allow('denied');
    const session = createScriptedSession();
    show(session, ui);
    await screen.findByText(defaultLabels.micHelpTitle.blocked);
    await userEvent.click(screen.getByRole('button', { name: defaultLabels.retry }));
    await waitFor(() => expect(document.activeElement?.textContent).toBe(defaultLabels.start));
  });

  it('can be controlled', async () => {
    const session = createScriptedSession();
    const { rerender } = render(<AvatarProvider session={session}><PreJoin joined={false}><p>next</p></PreJoin></AvatarProvider>);
    await screen.findByText('Studio Mic');
    rerender(<AvatarProvider session={session}><PreJoin joined><p>next</p></PreJoin></AvatarProvider>);
    expect(screen.getByText('next')).toBeTruthy();
  });
});

describe('a provider within another of the same session', () => {
  it('shares what the user has chosen', async () => {
    const session = createScriptedSession();
    show(session, <><MicSelect /><AvatarProvider session={session} labels={{ microphone: 'Mikrofon' }}><MicSelect /></AvatarProvider></>);
    await screen.findAllByRole('option', { name: 'Studio Mic' });
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Mikrofon' }), 'Studio Mic');
    expect(microphones().value).toBe('mic-studio');
  });
});

it('hydrates what a server rendered without a difference, though the page knows more by then', async () => {
  localStorage.setItem('visavis.devices', JSON.stringify({ microphone: { deviceId: 'mic-studio', label: 'Studio Mic' }, speaker: null }));
  browser.allow('denied');
  const session = createScriptedSession({ state: { status: 'live', microphone: { ...on, deviceId: 'mic-studio' } } });
  const ui = <AvatarProvider session={session}><MicSelect /><SpeakerSelect /><MicLevel /><MicHelp /><PreJoin /></AvatarProvider>;
  const page = document.body.appendChild(document.createElement('div'));
  page.innerHTML = renderToString(ui);
  const onRecoverableError = vi.fn();
  const root = await act(async () => hydrateRoot(page, ui, { onRecoverableError }));
  expect(onRecoverableError).not.toHaveBeenCalled();
  await waitFor(() => expect(page.querySelector('select')?.value).toBe('mic-studio'));
  act(() => root.unmount());
  page.remove();
});
