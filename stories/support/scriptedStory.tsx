import type { StoryObj } from '@storybook/react-vite';
import type { ReactElement, ReactNode } from 'react';
import { AvatarProvider } from '../../src/index.js';
import { createScriptedSession, type ScriptedSession, type ScriptedSessionOptions } from '../../src/testing/createScriptedSession.js';
import type { SessionState } from '../../src/session/state.js';
import { createDrawnVideo, type DrawnVideoOptions } from './createDrawnVideo.js';

/** What a play function gets. */
export interface PlayContext {
  readonly canvas: Parameters<NonNullable<StoryObj['play']>>[0]['canvas'];
  readonly userEvent: Parameters<NonNullable<StoryObj['play']>>[0]['userEvent'];
  readonly canvasElement: HTMLElement;
  readonly session: ScriptedSession;
}

export interface ScriptedStoryOptions extends Omit<ScriptedSessionOptions, 'state'> {
  readonly state?: Partial<SessionState>;
  /** Gives the session a drawn picture. */
  readonly picture?: boolean | DrawnVideoOptions;
  readonly ui: ReactNode;
  /** What a reader would write to get this. */
  readonly code?: string;
  readonly play?: (context: PlayContext) => Promise<void>;
}

/** A story of components over a session that nothing but the script moves. */
export function scriptedStory({ picture = false, state = {}, ui, code, play, ...options }: ScriptedStoryOptions): StoryObj {
  const make = (): ScriptedSession => createScriptedSession({ ...options, state: picture === false ? state : { video: createDrawnVideo(picture === true ? {} : picture), ...state } });
  return {
    // A loader, so that each visit begins with a session of its own.
    loaders: [() => ({ session: make() })],
    render: (_args, { loaded }) => <Provided session={sessionOf(loaded)}>{ui}</Provided>,
    ...(code === undefined ? {} : { parameters: { docs: { source: { code } } } }),
    ...(play === undefined
      ? {}
      : { play: ({ canvas, canvasElement, userEvent, loaded }) => play({ canvas, canvasElement, userEvent, session: sessionOf(loaded) }) }),
  };
}

function Provided({ session, children }: { readonly session: ScriptedSession; readonly children: ReactNode }): ReactElement {
  return <AvatarProvider session={session}>{children}</AvatarProvider>;
}

function sessionOf(loaded: Record<string, unknown>): ScriptedSession {
  // Storybook types what loaders give as unknown; the loader above is the only one.
  return loaded['session'] as ScriptedSession;
}
