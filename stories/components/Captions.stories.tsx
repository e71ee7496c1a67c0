import type { Meta } from '@storybook/react-vite';
import type { ReactElement } from 'react';
import { expect } from 'storybook/test';
import { Avatar, AvatarVideo, Captions, defaultLabels } from '../../src/index.js';
import { sampleTranscript } from '../support/sampleTranscript.js';
import { scriptedStory } from '../support/scriptedStory.js';
import { on } from '../support/states.js';

const meta: Meta<typeof Captions> = {
  title: 'Components/Captions',
  component: Captions,
  parameters: { docs: { subtitle: 'By default while the sound is blocked or muted. They announce nothing: the Transcript does. White on 82 % black, whatever is behind.' } },
};
export default meta;

const over = (captions: ReactElement): ReactElement => (
  <div style={{ maxInlineSize: '26rem' }}>
    <AvatarVideo>{captions}</AvatarVideo>
  </div>
);

export const BothSides = scriptedStory({
  ui: over(<Captions open />),
  code: `<AvatarVideo><Captions open /></AvatarVideo>`,
  picture: true,
  state: { status: 'live', transcript: sampleTranscript() },
  async play({ canvas }) {
    await expect(canvas.getByRole('group', { name: defaultLabels.captions })).toHaveTextContent('Done. You will get a');
  },
});

export const OneSide = scriptedStory({
  ui: over(<Captions open speaker="assistant" />),
  code: `<Captions open speaker="assistant" />`,
  picture: true,
  state: { status: 'live', transcript: sampleTranscript().slice(0, 3) },
});

export const SoundBlocked = scriptedStory({
  ui: <Avatar />,
  code: `<Avatar grant="/api/avatar" />`,
  picture: true,
  state: { status: 'live', sound: 'blocked', microphone: on, transcript: sampleTranscript() },
  async play({ canvas, userEvent }) {
    const captions = canvas.getByRole('group', { name: defaultLabels.captions }).getBoundingClientRect();
    const unlock = canvas.getByRole('button', { name: defaultLabels.unlockSound });
    await expect(captions.bottom).toBeLessThanOrEqual(unlock.getBoundingClientRect().top);
    await userEvent.click(unlock);
    await expect(canvas.queryByRole('group', { name: defaultLabels.captions })).toBeNull();
  },
});

export const SoundMuted = scriptedStory({
  ui: <Avatar />,
  code: `session.setVolume(0)`,
  picture: true,
  state: { status: 'live', sound: 'playing', volume: 0, microphone: on, transcript: sampleTranscript().slice(0, 2) },
  async play({ canvas }) {
    await expect(canvas.getByRole('group', { name: defaultLabels.captions })).toBeVisible();
  },
});
