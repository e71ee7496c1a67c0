import type { Meta } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { defaultLabels, MicToggle } from '../../src/index.js';
import { sampleError } from '../support/sampleErrors.js';
import { scriptedStory } from '../support/scriptedStory.js';
import { muted, on } from '../support/states.js';

const meta: Meta<typeof MicToggle> = { title: 'Components/MicToggle', component: MicToggle };
export default meta;

const code = `<MicToggle />`;

export const Speaking = scriptedStory({
  ui: <MicToggle />,
  code,
  state: { status: 'live', microphone: on },
  async play({ canvas, userEvent, session }) {
    const button = canvas.getByRole('button', { name: defaultLabels.microphone });
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    session.emitLevel(0.08);
    await expect(button.style.getPropertyValue('--visavis-level')).not.toBe('');
    await userEvent.click(button);
    await expect(button).toHaveAttribute('aria-pressed', 'false');
    await expect(button.style.getPropertyValue('--visavis-level')).toBe('');
    await userEvent.click(button);
    session.emitLevel(0.08);
  },
});

export const Muted = scriptedStory({ ui: <MicToggle />, code, state: { status: 'live', microphone: muted } });

export const Off = scriptedStory({
  ui: <MicToggle />,
  code,
  async play({ canvas, userEvent, session }) {
    await userEvent.click(canvas.getByRole('button', { name: defaultLabels.microphone }));
    await expect(session.calls).toEqual([{ method: 'microphone.start', args: [] }]);
    session.microphone.stop();
  },
});

export const Requesting = scriptedStory({ ui: <MicToggle />, code, state: { microphone: { status: 'requesting', muted: false, error: null, deviceId: null, interrupted: false } } });

export const Denied = scriptedStory({
  ui: <MicToggle />,
  code,
  state: { microphone: { status: 'failed', muted: false, error: sampleError('microphone-denied'), deviceId: null, interrupted: false } },
});
