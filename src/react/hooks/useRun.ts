import { useCallback, useEffect, useRef, useState } from 'react';
import { useLatest } from '../useLatest.js';

/** How far something that takes a while is. */
export interface Run<T> {
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  /** Of the latest run that was done; null before. */
  readonly result: T | null;
  readonly run: () => void;
}

/** Runs a task at a press of a button: once at a time, and no longer than the component lives. */
export function useRun<T>(task: (signal: AbortSignal) => Promise<T>): Run<T> {
  const [state, setState] = useState<Omit<Run<T>, 'run'>>({ status: 'idle', result: null });
  const latest = useLatest(task);
  const running = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      running.current?.abort();
      running.current = null;
    },
    [],
  );
  const run = useCallback(() => {
    if (running.current) return;
    const controller = new AbortController();
    running.current = controller;
    const finish = (next: Omit<Run<T>, 'run'>): void => {
      if (running.current !== controller) return;
      running.current = null;
      setState(next);
    };
    setState({ status: 'running', result: null });
    latest.current(controller.signal).then(
      (result) => finish({ status: 'done', result }),
      () => finish({ status: 'failed', result: null }),
    );
  }, [latest]);
  return { ...state, run };
}
