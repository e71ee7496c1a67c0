import type { Meta } from '@storybook/react-vite';
import { defaultLabels } from '../../src/index.js';
import { on } from '../support/states.js';
import { FaultScene } from './FaultScene.js';
import { faultStory } from './faultStory.js';
import { fails, unnoticed } from './outcomes.js';

/** The devices of the page. */
const meta: Meta<typeof FaultScene> = { title: 'Faults/Audio', component: FaultScene };
export default meta;

export const MicrophoneUnplugged = faultStory({
  name: 'Microphone unplugged',
  happens: 'With another microphone at hand the session goes on with that one, without a click.',
  remedy: 'Nothing; nobody notices.',
  ...unnoticed,
});

export const MicrophoneMissing = faultStory({
  name: 'Microphone unplugged, and there is no other',
  happens: 'At the start nobody could be heard, so the session says so and does not begin.',
  remedy: 'Connect it again and try again.',
  ...fails('microphone-unplugged'),
});

export const SoundSuspended = faultStory({
  name: 'Audio suspended by the browser',
  happens: 'The browser holds the sound back until somebody clicks, as its autoplay policy says. The picture goes on, and captions come by themselves.',
  remedy: 'Press the button.',
  breaks: { sound: 'blocked' },
  mends: { sound: 'playing' },
  sees: defaultLabels.unlockSound,
  presses: defaultLabels.unlockSound,
});

export const SoundInterrupted = faultStory({
  name: 'Sound taken by a phone call',
  happens: 'iOS interrupts every audio context and mutes the microphone. The session stays, says in its state that the microphone is interrupted, and is heard again when the call is over.',
  remedy: 'Nothing; end the call.',
  breaks: { microphone: { ...on, interrupted: true } },
  mends: { microphone: on },
  sees: null,
});
