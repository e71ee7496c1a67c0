import type { Meta } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { Avatar, AvatarControls, CaptionsToggle, defaultLabels, EndButton, MicToggle } from '../../src/index.js';
import { sampleTranscript } from '../support/sampleTranscript.js';
import { scriptedStory } from '../support/scriptedStory.js';
import { on } from '../support/states.js';

const meta: Meta<typeof CaptionsToggle> = {
  title: 'Components/CaptionsToggle',
  component: CaptionsToggle,
  parameters: { docs: { subtitle: 'A toggle button: its name stays “Captions”, `aria-pressed` says whether they are on, and a stroke through the sign says so without colour.' } },
};
export default meta;

const code = `<Avatar grant="/api/avatar">
  <AvatarControls>{() => <><MicToggle /><CaptionsToggle /><EndButton /></>}</AvatarControls>
</Avatar>`;

const ui = (
  <Avatar>
    <AvatarControls>
      {() => (
        <>
          <MicToggle />
          <CaptionsToggle />
          <EndButton />
        </>
      )}
    </AvatarControls>
  </Avatar>
);

export const Off = scriptedStory({ ui, code, picture: true, state: { status: 'live', sound: 'playing', microphone: on, transcript: sampleTranscript() } });

export const On = scriptedStory({
  ui,
  code,
  picture: true,
  state: { status: 'live', sound: 'playing', microphone: on, transcript: sampleTranscript() },
  async play({ canvas, userEvent }) {
    const button = canvas.getByRole('button', { name: defaultLabels.captions });
    await expect(button).toHaveAttribute('aria-pressed', 'false');
    button.focus();
    await userEvent.keyboard(' ');
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    await expect(canvas.getByRole('group', { name: defaultLabels.captions })).toBeVisible();
    button.blur();
  },
});

export const SoundBlocked = scriptedStory({
  ui,
  code,
  picture: true,
  state: { status: 'live', sound: 'blocked', microphone: on, transcript: sampleTranscript() },
  async play({ canvas }) {
    await expect(canvas.getByRole('button', { name: defaultLabels.captions })).toHaveAttribute('aria-pressed', 'true');
  },
});
