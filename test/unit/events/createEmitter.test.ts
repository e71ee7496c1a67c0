import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmitter } from '../../../src/events/createEmitter.js';
import { createStore } from '../../../src/store/createStore.js';

describe('listeners', () => {
  let uncaught: unknown[] = [];
  const onUncaught = (error: unknown) => void uncaught.push(error);
  let others: NodeJS.UncaughtExceptionListener[] = [];
  beforeEach(() => {
    uncaught = [];
    others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', onUncaught);
  });
  afterEach(() => {
    process.off('uncaughtException', onUncaught);
    for (const other of others) process.on('uncaughtException', other);
  });

  it('of a store all hear of a change when one of them throws, and the page hears of the error', async () => {
    const store = createStore(0);
    const heard: number[] = [];
    const error = new Error('a mistake of the application');
    store.subscribe(() => {
      throw error;
    });
    store.subscribe(() => heard.push(store.get()));
    store.set(1);
    expect(heard).toEqual([1]);
    await expect.poll(() => uncaught).toEqual([error]);
  });

  it('of an emitter hear events in the order in which they happened, also when one of them causes the next', () => {
    const emitter = createEmitter<{ step: number }>();
    const heard: string[] = [];
    emitter.on('step', (step) => {
      if (step === 1) emitter.emit('step', 2);
    });
    emitter.on('step', (step) => heard.push(`step ${step}`));
    emitter.emit('step', 1);
    expect(heard).toEqual(['step 1', 'step 2']);
  });

  it('that were removed while an event waited do not hear it', () => {
    const emitter = createEmitter<{ step: number }>();
    const heard: number[] = [];
    const remove = emitter.on('step', (step) => heard.push(step));
    emitter.on('step', (step) => {
      if (step === 1) emitter.emit('step', 2);
      remove();
    });
    emitter.emit('step', 1);
    expect(heard).toEqual([1]);
  });
});
