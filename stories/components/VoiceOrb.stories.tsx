import type { Meta } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { Avatar, AvatarProvider, defaultLabels, VoiceOrb, type SessionState, type VoiceOrbState } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';
import { Humming } from '../support/Humming.js';
import { sampleError } from '../support/sampleErrors.js';
import { scriptedStory } from '../support/scriptedStory.js';
import { muted, on } from '../support/states.js';

const meta: Meta<typeof VoiceOrb> = { title: 'Components/VoiceOrb', component: VoiceOrb };
export default meta;

const code = `<VoiceOrb />`;
const levelOf = (orb: HTMLElement): number => Number(orb.style.getPropertyValue('--visavis-level'));

const states: readonly (readonly [VoiceOrbState, Partial<SessionState>, 'user' | 'assistant'])[] = [
  ['idle', { status: 'idle' }, 'user'],
  ['connecting', { status: 'connecting' }, 'user'],
  ['listening', { status: 'live', microphone: on }, 'user'],
  ['speaking', { status: 'live', microphone: on }, 'assistant'],
  ['muted', { status: 'live', microphone: muted }, 'user'],
  ['reconnecting', { status: 'reconnecting', microphone: on }, 'user'],
  ['failed', { status: 'failed', error: sampleError('connection-lost') }, 'user'],
];

export const EveryState = scriptedStory({
  ui: (
    <div className="story-orbs">
      {states.map(([state, patch, who]) => (
        <AvatarProvider key={state} session={createScriptedSession({ state: patch, usesAvatar: false })}>
          <Humming who={who}>
            <figure>
              <VoiceOrb style={{ '--visavis-orb-size': '9rem' }} />
              <figcaption>{state}</figcaption>
            </figure>
          </Humming>
        </AvatarProvider>
      ))}
    </div>
  ),
  code,
  async play({ canvasElement }) {
    for (const [state] of states) await waitFor(() => expect(canvasElement.querySelector(`[data-state="${state}"]`)).toBeVisible());
  },
});

export const Listening = scriptedStory({
  ui: (
    <Humming who="user">
      <VoiceOrb />
    </Humming>
  ),
  code,
  usesAvatar: false,
  state: { status: 'live', microphone: on },
  async play({ canvas }) {
    const orb = canvas.getByRole('img', { name: `${defaultLabels.orb}: ${defaultLabels.listening}` });
    await waitFor(() => expect(levelOf(orb)).toBeGreaterThan(0.2));
  },
});

export const Speaking = scriptedStory({
  ui: (
    <Humming who="assistant">
      <VoiceOrb />
    </Humming>
  ),
  code,
  usesAvatar: false,
  state: { status: 'live', microphone: on },
  async play({ canvas }) {
    const orb = await canvas.findByRole('img', { name: `${defaultLabels.orb}: ${defaultLabels.speaking}` });
    await waitFor(() => expect(levelOf(orb)).toBeGreaterThan(0.2));
  },
});

export const TakingTurns = scriptedStory({
  ui: <VoiceOrb />,
  code,
  usesAvatar: false,
  state: { status: 'live', microphone: on },
  async play({ canvas, session }) {
    const orb = canvas.getByRole('img');
    session.emitSpeechLevel(0.1);
    await waitFor(() => expect(orb).toHaveAttribute('data-state', 'speaking'));
    session.emitSpeechLevel(0);
    await waitFor(() => expect(orb).toHaveAttribute('data-state', 'listening'), { timeout: 5_000 });
    await expect(levelOf(orb)).toBe(0);
  },
});

export const OwnColours = scriptedStory({
  ui: (
    <div style={{ '--visavis-orb': '#0f9f77', '--visavis-orb-deep': '#084c46', '--visavis-orb-soft': '#a7efc4', '--visavis-orb-warm': '#ffd166', '--visavis-orb-size': '16rem' }}>
      <Humming who="assistant">
        <VoiceOrb />
      </Humming>
    </div>
  ),
  code: `<div style={{ '--visavis-orb': '#0f9f77', '--visavis-orb-warm': '#ffd166', '--visavis-orb-size': '16rem' }}>
  <VoiceOrb />
</div>`,
  usesAvatar: false,
  state: { status: 'live', microphone: on },
});

export const InTheAvatar = scriptedStory({
  ui: (
    <Humming who="assistant">
      <Avatar />
    </Humming>
  ),
  code: `<Avatar voice={dve({ assistantId: 'host' })} grant="/api/avatar" />`,
  usesAvatar: false,
  state: { status: 'live', microphone: on, sound: 'playing' },
  async play({ canvas, canvasElement }) {
    await expect(canvas.getByRole('group', { name: defaultLabels.orb })).toBeVisible();
    await expect(canvasElement.querySelector('[data-slot="avatar-video"]')).toBeNull();
    await waitFor(() => expect(canvas.getByRole('button', { name: defaultLabels.interrupt })).toBeVisible());
  },
});

export const InTheAvatarIdle = scriptedStory({ ui: <Avatar />, code: `<Avatar voice={dve({ assistantId: 'host' })} grant="/api/avatar" />`, usesAvatar: false });

export const InTheAvatarSmall = scriptedStory({
  ui: (
    <div style={{ inlineSize: '15rem' }}>
      <Avatar />
    </div>
  ),
  code: `<div style={{ inlineSize: '15rem' }}><Avatar voice={dve({ assistantId: 'host' })} grant="/api/avatar" /></div>`,
  usesAvatar: false,
  state: { status: 'live', microphone: on },
  async play({ canvas }) {
    const orb = canvas.getByRole('img').getBoundingClientRect();
    const bar = canvas.getByRole('group', { name: defaultLabels.controls }).getBoundingClientRect();
    await expect(orb.bottom).toBeLessThanOrEqual(bar.top);
  },
});

export const InTheAvatarFailed = scriptedStory({
  ui: <Avatar />,
  code: `<Avatar voice={dve({ assistantId: 'host' })} grant="/api/avatar" />`,
  usesAvatar: false,
  state: { status: 'failed', error: sampleError('microphone-denied') },
  async play({ canvas }) {
    await expect(canvas.getByRole('alert')).toHaveTextContent(defaultLabels.failure['microphone-blocked']);
    await waitFor(() => expect(canvas.getByRole('button', { name: defaultLabels.retry })).toBeVisible());
  },
});
