import { act, cleanup } from '@testing-library/react';
import { StrictMode, type ReactElement } from 'react';
import { hydrateRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CatalogueAvatar } from '../../src/catalogue/CatalogueAvatar.js';
import type { CatalogueVoice } from '../../src/catalogue/CatalogueVoice.js';
import * as visavis from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

const { AvatarProvider } = visavis;

const avatars: readonly CatalogueAvatar[] = [
  { avatarId: 'ada', name: 'Ada', gender: null, origin: 'own', status: 'ready', usable: true, voiceId: null, url: null, thumbnailUrl: null },
];
const voices: readonly CatalogueVoice[] = [
  { voiceId: 'vera', name: 'Vera', gender: null, language: 'English', locale: 'en-GB', previewUrl: null, streams: true, styles: [], scenarios: [], ages: [] },
];

/** Each component that the package exports, as one would write it. A new one does not pass without a line here. */
const ELEMENTS: Readonly<Record<string, ReactElement>> = {
  Avatar: <visavis.Avatar />,
  AvatarControls: <visavis.AvatarControls />,
  AvatarDevtools: <visavis.AvatarDevtools defaultOpen emulatorUrl="http://127.0.0.1:9" />,
  AvatarErrorBoundary: <visavis.AvatarErrorBoundary><visavis.StartButton /></visavis.AvatarErrorBoundary>,
  AvatarPicker: <visavis.AvatarPicker items={avatars} />,
  AvatarProvider: <visavis.AvatarProvider grant="/api/avatar"><visavis.ConnectionStatus /></visavis.AvatarProvider>,
  AvatarVideo: <visavis.AvatarVideo />,
  AvatarWidget: <visavis.AvatarWidget defaultOpen />,
  AutoplayUnlock: <visavis.AutoplayUnlock />,
  Captions: <visavis.Captions />,
  CaptionsToggle: <visavis.CaptionsToggle />,
  ConnectionQuality: <visavis.ConnectionQuality defaultOpen />,
  ConnectionStatus: <visavis.ConnectionStatus />,
  EchoTest: <visavis.EchoTest />,
  EndButton: <visavis.EndButton />,
  FailureMessage: <visavis.FailureMessage error={new visavis.AvatarError('avatar-busy', { message: 'Everyone is busy.' })} />,
  InterruptButton: <visavis.InterruptButton />,
  MessageInput: <visavis.MessageInput />,
  MicHelp: <visavis.MicHelp />,
  MicLevel: <visavis.MicLevel />,
  MicSelect: <visavis.MicSelect />,
  MicToggle: <visavis.MicToggle />,
  PictureInPictureButton: <visavis.AvatarVideo><visavis.PictureInPictureButton /></visavis.AvatarVideo>,
  PreJoin: <visavis.PreJoin><visavis.Avatar /></visavis.PreJoin>,
  PushToTalkButton: <visavis.PushToTalkButton />,
  SessionTimer: <visavis.SessionTimer />,
  SpeakerSelect: <visavis.SpeakerSelect />,
  SpeakerTest: <visavis.SpeakerTest />,
  StartButton: <visavis.StartButton />,
  Transcript: <visavis.Transcript />,
  TranscriptSave: <visavis.TranscriptSave />,
  VoiceOrb: <visavis.VoiceOrb />,
  VoicePicker: <visavis.VoicePicker items={voices} />,
};

/** Components are the exports with a capital letter that React can render; the classes of errors are not. */
const exported = Object.entries(visavis)
  .filter(([name, value]) => /^[A-Z][a-z]/.test(name) && !(typeof value === 'function' && value.prototype instanceof Error))
  .map(([name]) => name);

/** A session as far on as one gets, and of a page that has its settings: none of it is known to a server. */
const liveSession = () =>
  createScriptedSession({
    turnMode: 'push-to-talk',
    state: {
      status: 'live',
      sessionId: 's-1',
      room: 'joined',
      network: { uplink: 2, downlink: 5 },
      sound: 'blocked',
      liveAt: 1_000,
      endsAt: 2_000,
      userSpeaking: true,
      microphone: { status: 'on', muted: true, error: null, deviceId: 'usb', interrupted: false },
      transcript: [{ id: 1, role: 'assistant', text: 'Hello.', final: true, interrupted: false, turnId: 0 }],
    },
  });

/** Renders where there is no browser, whatever this test itself runs in. */
function renderWithoutBrowser(ui: ReactElement): string {
  for (const name of ['window', 'document', 'navigator', 'localStorage', 'matchMedia', 'HTMLElement']) vi.stubGlobal(name, undefined);
  try {
    return renderToString(ui);
  } finally {
    vi.unstubAllGlobals();
  }
}

let root: Root | null = null;
let complaints: unknown[] = [];
beforeEach(() => {
  complaints = [];
  localStorage.setItem('visavis.devices', JSON.stringify({ microphone: { deviceId: 'usb', label: 'USB' }, speaker: null }));
  localStorage.setItem('visavis-widget', 'start-start');
  vi.spyOn(console, 'error').mockImplementation((...words: unknown[]) => void complaints.push(words.map(String).join(' ')));
});
afterEach(async () => {
  await act(async () => root?.unmount());
  root = null;
  cleanup();
  localStorage.clear();
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

describe('markup of the server', () => {
  it('is tried for every component that is exported', () => {
    expect(Object.keys(ELEMENTS).sort()).toEqual(exported.sort());
  });

  it.each(Object.keys(ELEMENTS))('is what %s begins with in the browser, even when the session is further on', async (name) => {
    const ui = (session: visavis.AvatarSession): ReactElement => (
      <StrictMode>
        <AvatarProvider session={session}>{ELEMENTS[name]}</AvatarProvider>
      </StrictMode>
    );
    const markup = renderWithoutBrowser(ui(liveSession()));
    const container = document.createElement('div');
    container.innerHTML = markup;
    document.body.append(container);
    await act(async () => {
      root = hydrateRoot(container, ui(liveSession()), { onRecoverableError: (error) => complaints.push(error) });
    });

    expect(complaints).toEqual([]);
  });

  it('would tell of a difference', async () => {
    const Where = () => <p>{typeof document}</p>;
    const container = document.createElement('div');
    container.innerHTML = renderWithoutBrowser(<Where />);
    await act(async () => {
      root = hydrateRoot(container, <Where />, { onRecoverableError: (error) => complaints.push(error) });
    });

    expect(complaints).not.toEqual([]);
  });
});
