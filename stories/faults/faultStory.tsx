import type { StoryObj } from '@storybook/react-vite';
import { expect, waitFor, within } from 'storybook/test';
import { defaultLabels } from '../../src/index.js';
import { createScriptedSession, type ScriptedSession } from '../../src/testing/createScriptedSession.js';
import { createDrawnVideo } from '../support/createDrawnVideo.js';
import { on } from '../support/states.js';
import type { FaultCase } from './FaultCase.js';
import { apply, FaultScene } from './FaultScene.js';

/** A story of a fault: it breaks, is seen, mends, and is left broken for whoever came to look. */
export function faultStory(fault: FaultCase): StoryObj {
  return {
    name: fault.name,
    parameters: { docs: { description: { story: `${fault.happens} The user: ${fault.remedy}` }, source: { code: '<Avatar grant="/api/avatar" />' } } },
    loaders: [() => ({ session: makeSession(fault) })],
    render: (_args, { loaded }) => <FaultScene fault={fault} session={sessionOf(loaded)} />,
    async play({ canvas, canvasElement, userEvent, loaded }) {
      const session = sessionOf(loaded);
      const avatar = within(canvas.getByRole('group', { name: defaultLabels.avatar }));
      const find = () => (fault.sees === null ? [] : avatar.queryAllByText(fault.sees));
      const words = session.getSnapshot().transcript;
      await expect(session.getSnapshot().status).toBe(fault.state?.status ?? 'live');
      await expect(find()).toHaveLength(0);

      await userEvent.click(canvas.getByRole('button', { name: 'Break it' }));
      await expectSeen(fault, session, find);

      await userEvent.click(fault.presses === undefined ? canvas.getByRole('button', { name: 'It is over' }) : avatar.getByRole('button', { name: fault.presses }));
      await waitFor(() => expect(find()).toHaveLength(0));
      await expect(session.getSnapshot()).toMatchObject({ status: 'live', error: null, interruption: null });
      // Whatever went wrong, what was said stays written.
      await expect(session.getSnapshot().transcript.slice(0, words.length)).toEqual(words);

      await userEvent.click(canvas.getByRole('button', { name: 'Break it' }));
      await expectSeen(fault, session, find);
      if (canvasElement.ownerDocument.activeElement instanceof HTMLElement) canvasElement.ownerDocument.activeElement.blur();
    },
  };
}

async function expectSeen({ sees }: FaultCase, session: ScriptedSession, find: () => readonly HTMLElement[]): Promise<void> {
  if (sees === null) await expect(session.getSnapshot()).toMatchObject({ status: 'live', error: null });
  else await waitFor(() => expect(find().length).toBeGreaterThan(0));
}

function makeSession(fault: FaultCase): ScriptedSession {
  return createScriptedSession({
    state: { status: 'live', room: 'joined', sound: 'playing', microphone: on, video: createDrawnVideo(), ...fault.state },
    // Trying again begins anew, as the session does.
    onStart: (session) => apply(fault.mends, session),
  });
}

function sessionOf(loaded: Record<string, unknown>): ScriptedSession {
  // Storybook types what loaders give as unknown; the loader above is the only one.
  return loaded['session'] as ScriptedSession;
}
