/** A page of some browser engine: what every engine can be asked for, so that one test drives them all. */
export interface EnginePage {
  /** Evaluates a JavaScript expression, waits for what it promises and gives its value as JSON carries it. */
  evaluate(source: string): Promise<unknown>;
  /** Clicks with the mouse, which counts as a user's gesture. CSS pixels from the top left of the page. */
  press(x: number, y: number): Promise<void>;
  close(): Promise<void>;
}

/** What happens in a page without being asked for. */
export interface PageWatcher {
  /** An uncaught error, or what the page wrote with `console.error`. */
  readonly onProblem?: (text: string) => void;
  /** A header block or body that the server sent, where the engine tells of them. */
  readonly onTraffic?: (text: string) => void;
}

/** A running browser engine. */
export interface EngineBrowser {
  readonly name: 'firefox' | 'webkit';
  readonly version: string;
  open(url: string, watcher?: PageWatcher): Promise<EnginePage>;
  close(): Promise<void>;
}

export interface EngineOptions {
  /** Where the engine finds its microphone and its loudspeaker: `server` of a sound server. */
  readonly soundServer: string;
  /** Refuses the microphone. */
  readonly denyMicrophone?: boolean;
  /** Leaves the autoplay policy as a user has it. */
  readonly strictAutoplay?: boolean;
}
