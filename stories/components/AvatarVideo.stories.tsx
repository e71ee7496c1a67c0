import type { Meta } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { AvatarVideo, defaultLabels } from '../../src/index.js';
import { sampleError } from '../support/sampleErrors.js';
import { scriptedStory } from '../support/scriptedStory.js';

const meta: Meta<typeof AvatarVideo> = {
  title: 'Components/AvatarVideo',
  component: AvatarVideo,
  parameters: { docs: { subtitle: 'An image by the name of labels.avatar. The notice of a picture that stands still is announced politely, once.' } },
};
export default meta;

const ui = (
  <div style={{ maxInlineSize: '24rem' }}>
    <AvatarVideo />
  </div>
);
const code = `<AvatarVideo />`;

export const Poster = scriptedStory({ ui, code });

export const OwnPoster = scriptedStory({
  ui: (
    <div style={{ maxInlineSize: '24rem' }}>
      <AvatarVideo poster={<div style={{ blockSize: '100%', background: 'linear-gradient(#e9dcc9, #b9c7c2)' }} />} style={{ aspectRatio: '4 / 3' }} />
    </div>
  ),
  code: `<AvatarVideo poster={<img src="/ada.jpg" alt="" />} style={{ aspectRatio: '4 / 3' }} />`,
});

export const Connecting = scriptedStory({ ui, code, state: { status: 'connecting' } });

export const FirstFrame = scriptedStory({
  ui,
  code,
  picture: true,
  state: { status: 'live' },
  async play({ canvasElement }) {
    await waitFor(() => expect(canvasElement.querySelector('[data-slot="avatar-video"]')).toHaveAttribute('data-picture', 'live'));
    await waitFor(() => expect(canvasElement.querySelector('video')).toBeVisible());
  },
});

export const OwnFailure = scriptedStory({
  ui: (
    <div style={{ maxInlineSize: '24rem' }}>
      <AvatarVideo renderFailure={(error) => <p style={{ position: 'absolute', insetBlockStart: '1rem', insetInlineStart: '1rem', margin: 0 }}>Ada is away ({error.reason}).</p>} />
    </div>
  ),
  code: `<AvatarVideo renderFailure={(error) => <p>Ada is away ({error.reason}).</p>} />`,
  state: { status: 'failed', error: sampleError('no-avatar-available') },
  async play({ canvas }) {
    await waitFor(() => expect(canvas.getByText(/Ada is away/)).toBeVisible());
  },
});

export const Frozen = scriptedStory({
  ui,
  code,
  picture: { stopsAfterMs: 400 },
  state: { status: 'live' },
  async play({ canvas, canvasElement }) {
    await waitFor(() => expect(canvasElement.querySelector('[data-slot="avatar-video"]')).toHaveAttribute('data-picture', 'frozen'), { timeout: 8_000 });
    await expect(canvas.getByText(defaultLabels.frozen)).toBeInTheDocument();
  },
});

export const PictureInPicture = scriptedStory({
  ui: (
    <div style={{ maxInlineSize: '24rem' }}>
      <AvatarVideo pictureInPicture />
    </div>
  ),
  code: `<AvatarVideo pictureInPicture />`,
  picture: true,
  state: { status: 'live' },
  async play({ canvas, canvasElement }) {
    await waitFor(() => expect(canvasElement.querySelector('[data-slot="avatar-video"]')).toHaveAttribute('data-picture', 'live'));
    if (document.pictureInPictureEnabled) await expect(canvas.getByRole('button', { name: defaultLabels.pictureInPicture })).toBeVisible();
    else await expect(canvas.queryByRole('button')).toBeNull();
  },
});

export const BackgroundRemoved = scriptedStory({
  ui: (
    <div style={{ maxInlineSize: '24rem' }}>
      <AvatarVideo background="remove" style={{ background: 'linear-gradient(160deg, #ffd9b8, #c9b6ff)' }} />
    </div>
  ),
  code: `<AvatarVideo background="remove" style={{ background: 'linear-gradient(160deg, #ffd9b8, #c9b6ff)' }} />`,
  picture: { wall: '#1fb14f' },
  state: { status: 'live' },
  async play({ canvasElement }) {
    await waitFor(() => expect(canvasElement.querySelector('[data-slot="avatar-video"]')).toHaveAttribute('data-background', 'removed'), { timeout: 8_000 });
  },
});

export const BackgroundThatIsNotPlain = scriptedStory({
  ui: (
    <div style={{ maxInlineSize: '24rem' }}>
      <AvatarVideo background="remove" />
    </div>
  ),
  code: `<AvatarVideo background="remove" />`,
  picture: true,
  state: { status: 'live' },
  async play({ canvasElement }) {
    const video = canvasElement.querySelector('[data-slot="avatar-video"]');
    await waitFor(() => expect(video).toHaveAttribute('data-picture', 'live'));
    await expect(video).not.toHaveAttribute('data-background');
  },
});
