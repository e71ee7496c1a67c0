import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, waitFor } from 'storybook/test';
import { AvatarError, defaultLabels, VoicePicker } from '../../src/index.js';
import { loadingSource, sampleVoices, toneUrl } from '../support/sampleCatalogue.js';

const accessibility = `
A radio group: the arrow keys choose, Tab goes on to the sample of the chosen voice, and the samples of the others are no tab stops of their
own. One sample plays at a time; its button says whose it is and whether it plays. A sample that cannot be had is said once.`;

const meta: Meta<typeof VoicePicker> = {
  title: 'Components/VoicePicker',
  component: VoicePicker,
  parameters: { docs: { description: { story: accessibility }, source: { code: `<VoicePicker source={useVoiceSource('/api/avatar')} value={voiceId} onValueChange={setVoiceId} />` } } },
};
export default meta;

type Story = StoryObj<typeof VoicePicker>;

export const Ready: Story = {
  args: { items: sampleVoices(toneUrl(440)), defaultValue: 'voice-1', onValueChange: fn() },
  async play({ canvas, userEvent, args }) {
    const play = (name: string) => canvas.getByRole('button', { name: defaultLabels.voicePlay(name) });
    await userEvent.click(play('Ada'));
    await waitFor(() => expect(canvas.getByRole('button', { name: defaultLabels.voiceStop('Ada') })).toBeVisible());
    await userEvent.click(play('Bruno'));
    await waitFor(() => expect(canvas.getByRole('button', { name: defaultLabels.voiceStop('Bruno') })).toBeVisible());
    await expect(play('Ada')).toBeVisible();
    await expect(args.onValueChange).not.toHaveBeenCalled();
    await userEvent.click(canvas.getByRole('button', { name: defaultLabels.voiceStop('Bruno') }));
    await expect(play('Bruno')).toBeVisible();
    await userEvent.click(canvas.getByRole('radio', { name: /^Chiara/ }));
    await expect(args.onValueChange).toHaveBeenCalledTimes(1);
    await userEvent.tab();
    await expect(play('Chiara')).toHaveFocus();
  },
};

export const Filtered: Story = {
  args: { items: sampleVoices(null) },
  async play({ canvas, userEvent }) {
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: defaultLabels.voiceLanguage }), 'English');
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: defaultLabels.voiceGender }), 'Female');
    await expect(canvas.getAllByRole('radio')).toHaveLength(2);
  },
};

export const SampleMissing: Story = {
  args: { items: sampleVoices('data:audio/wav;base64,AAAA') },
  async play({ canvas, userEvent }) {
    await userEvent.click(canvas.getByRole('button', { name: defaultLabels.voicePlay('Ada') }));
    await waitFor(() => expect(canvas.getByRole('alert')).toHaveTextContent(defaultLabels.voiceFailed));
  },
};

export const Loading: Story = { args: { source: loadingSource } };

export const Empty: Story = { args: { items: [] } };

export const Failed: Story = {
  args: { source: { items: undefined, error: new AvatarError('not-authorized', { message: 'The server refused this user. Sign in, then try again.' }) } },
};

export const RightToLeft: Story = {
  render: () => (
    <div dir="rtl">
      <VoicePicker items={sampleVoices(toneUrl(330)).slice(0, 4)} defaultValue="voice-2" />
    </div>
  ),
};
