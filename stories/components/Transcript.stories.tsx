import type { Meta } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { defaultLabels, Transcript, TranscriptSave } from '../../src/index.js';
import { longTranscript, sampleTranscript } from '../support/sampleTranscript.js';
import { scriptedStory } from '../support/scriptedStory.js';

const meta: Meta<typeof Transcript> = { title: 'Components/Transcript', component: Transcript };
export default meta;

const ui = (
  <div style={{ maxInlineSize: '26rem' }}>
    <Transcript />
  </div>
);
const code = `<Transcript />`;

export const Conversation = scriptedStory({
  ui,
  code,
  state: { status: 'live', transcript: sampleTranscript() },
  async play({ canvas }) {
    const log = canvas.getByRole('log', { name: defaultLabels.transcript });
    await expect(log).toHaveAttribute('aria-live', 'polite');
    await expect(canvas.getByText(defaultLabels.interrupted)).toBeVisible();
    await expect(canvas.getByText('Done. You will get a').closest('[data-role]')).toHaveAttribute('aria-live', 'off');
  },
});

export const Unheard = scriptedStory({
  ui,
  code,
  state: {
    status: 'live',
    transcript: sampleTranscript().map((entry) => (entry.interrupted ? { ...entry, unheard: ' twelve, and then again at three. Which of these would you like?' } : entry)),
  },
  async play({ canvas }) {
    await expect(canvas.getByText(/Which of these would you like/).tagName).toBe('S');
  },
});

export const WithFiles = scriptedStory({
  ui: (
    <div style={{ maxInlineSize: '26rem', display: 'grid', gap: '0.5rem' }}>
      <Transcript />
      <div style={{ display: 'flex', flexWrap: 'wrap' }}>
        <TranscriptSave />
        <TranscriptSave format="json" />
        <TranscriptSave format="vtt" />
      </div>
    </div>
  ),
  code: `<TranscriptSave format="vtt" fileName="interview" />`,
  state: { status: 'live', transcript: sampleTranscript() },
  async play({ canvas }) {
    await expect(canvas.getByRole('button', { name: defaultLabels.transcriptSave.vtt })).not.toHaveAttribute('aria-disabled');
  },
});

export const Empty = scriptedStory({
  ui,
  code,
  async play({ canvas }) {
    await expect(canvas.getByText(defaultLabels.transcriptEmpty)).toBeVisible();
  },
});

export const LongerThanItsBox = scriptedStory({
  ui,
  code,
  state: { status: 'live', transcript: longTranscript() },
  async play({ canvas, userEvent, session }) {
    const log = canvas.getByRole('log');
    const rest = (): number => log.scrollHeight - log.clientHeight - log.scrollTop;
    const say = (text: string): void => {
      const before = session.getSnapshot().transcript;
      session.push({ transcript: [...before, { id: before.length + 1, turnId: 0, role: 'assistant', text, final: true, interrupted: false }] });
    };
    await waitFor(() => expect(rest()).toBeLessThan(2));
    say('This is new, and it is seen at once.');
    await waitFor(() => expect(canvas.getByText(/seen at once/)).toBeVisible());
    await waitFor(() => expect(rest()).toBeLessThan(2));

    // The reader goes back: nothing may pull the text away.
    log.scrollTop = 40;
    const latest = await canvas.findByRole('button', { name: defaultLabels.transcriptLatest });
    say('This is newer, and it waits.');
    await waitFor(() => expect(canvas.getByText(/and it waits/)).toBeInTheDocument());
    await expect(log.scrollTop).toBe(40);

    await userEvent.click(latest);
    await waitFor(() => expect(rest()).toBeLessThan(2));
    await expect(log).toHaveFocus();
    await expect(canvas.queryByRole('button')).toBeNull();
  },
});

export const ReadingBack = scriptedStory({
  ui,
  code,
  state: { status: 'live', transcript: longTranscript() },
  async play({ canvas }) {
    const log = canvas.getByRole('log');
    await waitFor(() => expect(log.scrollTop).toBeGreaterThan(100));
    log.scrollTop = 60;
    await waitFor(() => expect(canvas.getByRole('button', { name: defaultLabels.transcriptLatest })).toBeVisible());
  },
});

export const RightToLeft = scriptedStory({
  ui: (
    <div dir="rtl" style={{ maxInlineSize: '26rem' }}>
      <Transcript />
    </div>
  ),
  code,
  state: {
    status: 'live',
    transcript: [
      { id: 1, turnId: 0, role: 'user', text: 'أريد تغيير موعدي.', final: true, interrupted: false },
      { id: 2, turnId: 0, role: 'assistant', text: 'بالتأكيد. متى يناسبك؟', final: true, interrupted: true },
      { id: 3, turnId: 1, role: 'user', text: 'Thursday, please.', final: true, interrupted: false },
    ],
  },
});
