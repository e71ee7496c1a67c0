import type { AvatarSession } from '../session/AvatarSession.js';
import { initialSessionState, type SessionState } from '../session/state.js';

/** What a component can do with a session. All functions keep their identity and need no `this`. */
export interface AvatarActions {
  /** Connects. Never rejects: a failure is the state's `error`. */
  readonly start: () => Promise<void>;
  /** Ends and releases everything. Never rejects. */
  readonly end: () => Promise<void>;
  /** Silences the avatar. Never rejects: a failure goes to `onError`. */
  readonly interrupt: () => Promise<void>;
  /** Plays sound that the browser has blocked; call it from a click. Never rejects: a failure goes to `onError`. */
  readonly resumeSound: () => Promise<void>;
  /** Makes the avatar say something; see {@link AvatarSession.speak}, and rejects as that does. */
  readonly speak: AvatarSession['speak'];
  /** Says something on the user's behalf; rejects where nobody takes text. */
  readonly sendText: AvatarSession['sendText'];
  /** Makes the avatar move; rejects where it has no gestures. */
  readonly act: AvatarSession['act'];
  /** Changes how the avatar looks and sounds; rejects when the service refuses. */
  readonly setParams: AvatarSession['setParams'];
  /** @param volume 0 to 1 */
  readonly setVolume: AvatarSession['setVolume'];
  /** What happened to the session lately, without secrets, for a report; see {@link AvatarSession.exportLog}. */
  readonly exportLog: AvatarSession['exportLog'];
  /** The session itself, for all else. */
  readonly session: AvatarSession;
}

/** A session's state and its actions in one object: what `useAvatarSession` gives and selects from. */
export type AvatarView = SessionState & AvatarActions;

/** A session as `useSyncExternalStore` wants it. */
export interface AvatarViewStore {
  subscribe(listener: () => void): () => void;
  getView(): AvatarView;
  /** The view that the server rendered and that hydration begins with. */
  getServerView(): AvatarView;
}

/**
 * Makes views of a session, one for each state.
 *
 * @param report takes errors that no state and no caller would show.
 */
export function createAvatarView(session: AvatarSession, report: (error: unknown) => void): AvatarViewStore {
  const actions: AvatarActions = {
    // The rejection repeats what is in the state by then; in an onClick it would only become an unhandled one.
    start() {
      const started = session.start().catch(() => undefined);
      // Who calls it late, after a question to the user for example, may have gone by then: what nobody holds ends as if it had been let go.
      session.retain()();
      return started;
    },
    end: () => session.end(),
    interrupt: () => session.interrupt().catch(report),
    resumeSound: () => session.resumeSound().catch(report),
    speak: (speech, options) => session.speak(speech, options),
    sendText: (text) => session.sendText(text),
    act: (gesture) => session.act(gesture),
    setParams: (params) => session.setParams(params),
    setVolume: (volume) => session.setVolume(volume),
    exportLog: (options) => session.exportLog(options),
    session,
  };
  const serverView: AvatarView = { ...initialSessionState, ...actions };
  let state = session.getSnapshot();
  let view: AvatarView = { ...state, ...actions };
  return {
    subscribe: session.subscribe,
    getView() {
      const next = session.getSnapshot();
      if (next !== state) {
        state = next;
        view = { ...next, ...actions };
      }
      return view;
    },
    getServerView: () => serverView,
  };
}
