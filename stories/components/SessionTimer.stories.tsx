import type { Meta } from '@storybook/react-vite';
import type { ReactElement } from 'react';
import { expect } from 'storybook/test';
import { AvatarProvider, defaultLabels, SessionTimer } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';
import { scriptedStory } from '../support/scriptedStory.js';

const meta: Meta<typeof SessionTimer> = {
  title: 'Components/SessionTimer',
  component: SessionTimer,
  parameters: { docs: { subtitle: 'A timer, which announces nothing of itself; the warning before the end is announced politely, once, in words that do not count down.' } },
};
export default meta;

const code = `<SessionTimer />`;

/** Times of the story's own beginning: a story's state is made when its file is loaded. */
function Timed({ agoMs, leftMs }: { readonly agoMs: number; readonly leftMs: number | null }): ReactElement {
  return (
    <AvatarProvider session={sessionAt(agoMs, leftMs)}>
      <SessionTimer />
    </AvatarProvider>
  );
}

function sessionAt(agoMs: number, leftMs: number | null): ReturnType<typeof createScriptedSession> {
  const now = Date.now();
  return createScriptedSession({ state: { status: 'live', liveAt: now - agoMs, endsAt: leftMs === null ? null : now + leftMs } });
}

export const Elapsed = scriptedStory({
  ui: <Timed agoMs={83_000} leftMs={null} />,
  code,
  async play({ canvas }) {
    await expect(canvas.getByRole('timer')).toHaveTextContent(/^1:2\d$/);
  },
});

export const Left = scriptedStory({ ui: <Timed agoMs={83_000} leftMs={517_000} />, code });

export const Ending = scriptedStory({
  ui: <Timed agoMs={560_000} leftMs={40_400} />,
  code,
  async play({ canvas }) {
    const said = [39, 40, 41].map((seconds) => canvas.queryByText(defaultLabels.endsSoon(seconds)));
    await expect(said.filter(Boolean)).toHaveLength(1);
    await expect(canvas.getByRole('timer').closest('[data-state]')).toHaveAttribute('data-state', 'ending');
  },
});
