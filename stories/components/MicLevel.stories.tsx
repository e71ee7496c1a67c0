import type { Meta } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { AvatarProvider, MicLevel } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';
import { Humming } from '../support/Humming.js';
import { scriptedStory } from '../support/scriptedStory.js';
import { muted, on } from '../support/states.js';

const meta: Meta<typeof MicLevel> = { title: 'Components/MicLevel', component: MicLevel };
export default meta;

/** A `meter` with a name: a screen reader reads it when asked, and is told nothing by itself. */
export const Bar = scriptedStory({
  ui: <Humming who="user"><div style={{ maxInlineSize: '20rem' }}><MicLevel /></div></Humming>,
  code: `<MicLevel />`,
  state: { status: 'live', microphone: on },
  async play({ canvas }) {
    const meter = canvas.getByRole('meter');
    await waitFor(() => expect(Number(meter.style.getPropertyValue('--visavis-level'))).toBeGreaterThan(0.2));
    await expect(Number(meter.getAttribute('aria-valuenow'))).toBeLessThanOrEqual(100);
  },
});

export const Segments = scriptedStory({
  ui: <Humming who="user"><div style={{ maxInlineSize: '20rem' }}><MicLevel variant="segments" /></div></Humming>,
  code: `<MicLevel variant="segments" />`,
  state: { status: 'live', microphone: on },
});

export const RightToLeft = scriptedStory({
  ui: <Humming who="user"><div dir="rtl" style={{ maxInlineSize: '20rem' }}><MicLevel variant="segments" /></div></Humming>,
  code: `<div dir="rtl"><MicLevel variant="segments" /></div>`,
  state: { status: 'live', microphone: on },
});

export const EveryRest = scriptedStory({
  ui: (
    <div style={{ display: 'grid', gap: '1rem', maxInlineSize: '20rem' }}>
      {[muted, { ...on, interrupted: true }, { ...on, status: 'requesting' as const }, { ...on, status: 'off' as const }].map((microphone, index) => (
        <AvatarProvider key={index} session={createScriptedSession({ state: { microphone } })}>
          <MicLevel />
        </AvatarProvider>
      ))}
    </div>
  ),
  code: `<MicLevel />`,
});
