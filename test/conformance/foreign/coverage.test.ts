// Source: the lists of message types in websocket_client.py, "Message protocol v2", the v3 chat room, the DVE wiki and AccessToken2.
import { describe, expect, it } from 'vitest';
import { conformanceMessages, type ConformanceMessage } from './conformanceMessages.js';
import { foreignCases } from './foreignCases.js';

const cases = Object.values(foreignCases).flat();
const read = new Set<string>(cases.flatMap(({ reads = [] }) => reads));
const written = new Set<string>(cases.flatMap(({ writes = [] }) => writes));
const messages: readonly ConformanceMessage[] = conformanceMessages;

describe('every message of every protocol', () => {
  it('is written by foreign code and read by ours, or says why not', () => {
    expect(messages.filter(({ name, neverRead }) => !read.has(name) && neverRead === undefined)).toEqual([]);
  });

  it('is written by our code and read by foreign code, or says why not', () => {
    expect(messages.filter(({ name, neverWritten }) => !written.has(name) && neverWritten === undefined)).toEqual([]);
  });

  it('has no excuse that is out of date', () => {
    expect(messages.filter(({ name, neverRead, neverWritten }) => (neverRead !== undefined && read.has(name)) || (neverWritten !== undefined && written.has(name)))).toEqual([]);
  });

  it.each(Object.entries(foreignCases))('has cases of %s with names of their own', (_script, own) => {
    expect(new Set(own.map(({ check }) => check)).size).toBe(own.length);
  });
});
