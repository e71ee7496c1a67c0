import type { Clock } from '../../clock/clock.js';
import type { TurnMeter } from './createTurnMetrics.js';

export interface ReplyOptions {
  readonly clock: Clock;
  readonly meter: TurnMeter;
  /** How loud the other side speaks, 0 to 1, up to 50 times a second. */
  readonly subscribeLevel: (listener: (level: number) => void) => () => void;
  /** What that is multiplied by before it is heard, 0 to 1. */
  readonly volume: () => number;
  /** Calls back once, with the next picture that is shown. */
  readonly onNextPicture: (listener: () => void) => () => void;
}

/** Listens for the reply when one is due, and for silence after an interrupt; nobody listens at other times. */
export interface ReplyEar {
  /** The user has finished: a reply is due. */
  expectReply(): void;
  /** The other side was interrupted. */
  expectSilence(): void;
  stop(): void;
}

/** RMS of what a person hears, and of what counts as none. */
const AUDIBLE = 0.01;
const SILENT = 0.004;
/** Less than this is the gap between two syllables. */
const SILENCE_MS = 60;
/** Levels come every 20 ms. */
const FIRST_LEVEL_MS = 50;
/** Whoever has not answered by then does not. */
const PATIENCE_MS = 30_000;

/** Makes an ear that listens for nothing yet. */
export function followReply({ clock, meter, subscribeLevel, volume, onNextPicture }: ReplyOptions): ReplyEar {
  let stopLevel = () => {};
  let stopPicture = () => {};
  let cancelPatience = () => {};
  let cancelFirst = () => {};
  let quietSinceMs: number | null = null;

  function stop(): void {
    stopLevel();
    stopPicture();
    cancelPatience();
    cancelFirst();
    stopLevel = stopPicture = cancelPatience = cancelFirst = () => {};
    quietSinceMs = null;
  }

  function listen(onLevel: (level: number) => void): void {
    stop();
    cancelPatience = clock.schedule(stop, PATIENCE_MS);
    let heard = false;
    stopLevel = subscribeLevel((level) => {
      heard = true;
      onLevel(level);
    });
    // Silence is told once, when it begins: where nothing comes at first it is silent.
    cancelFirst = clock.schedule(() => {
      if (!heard) onLevel(0);
    }, FIRST_LEVEL_MS);
  }

  return {
    expectReply() {
      // What still sounds is the reply before; the new one begins after a silence, however short.
      let wasSilent = false;
      listen((level) => {
        if (level * volume() < SILENT) wasSilent = true;
        if (!wasSilent || level * volume() < AUDIBLE) return;
        meter.report('heard', clock.now());
        stop();
        stopPicture = onNextPicture(() => meter.report('video-frame', clock.now()));
      });
    },
    expectSilence() {
      const check = () => {
        if (quietSinceMs === null) {
          cancelPatience = clock.schedule(stop, PATIENCE_MS);
          return;
        }
        meter.report('silence', quietSinceMs);
        stop();
      };
      listen((level) => {
        if (level * volume() >= SILENT) {
          quietSinceMs = null;
          return;
        }
        if (quietSinceMs !== null) return;
        quietSinceMs = clock.now();
        cancelPatience();
        cancelPatience = clock.schedule(check, SILENCE_MS);
      });
    },
    stop,
  };
}
