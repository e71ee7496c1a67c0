import { createElement } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { akoolStreaming } from 'visavis/client';
import { App } from './App.mjs';

/** Takes over what the server has rendered. Worklets and Workers are files, as a strict Content-Security-Policy wants them. */
export function hydrate({ capture, playback, detector, voice }) {
  const props = {
    grant: document.documentElement.dataset.grant,
    avatar: akoolStreaming({ workerUrl: String(voice) }),
    microphone: { workletUrl: String(capture) },
    playback: { workletUrl: String(playback) },
    turnTaking: { workerUrl: String(detector) },
  };
  // In a production build React mends a mismatch without a word.
  hydrateRoot(document.getElementById('root'), createElement(App, props), { onRecoverableError: (error) => console.error('hydration:', error) });
}
