import { describe, expect, it } from 'vitest';
import type { AvatarNode } from '../../../src/server/akool/avatarNode.js';
import { rankNodes, type RankOptions } from '../../../src/server/akool/rankNodes.js';
import { sampleNodes } from '../../../src/server/akool/sampleNodes.js';

const node = (port: number, avatarId: string | null = 'ava'): AvatarNode => ({ host: 'a.example', port, avatarId, available: true });
const KNOWN = { failures: 0, latencyMs: 100 };
const UNKNOWN = { failures: 0, latencyMs: null };

function order(options: Pick<RankOptions, 'nodes' | 'health'> & Partial<RankOptions>): number[] {
  const ranked = rankNodes({ avatarId: 'ava', previous: null, isPreviousToBlame: false, random: () => 0.5, ...options });
  return ranked.map((entry) => entry.node.port);
}

describe('nodes are ranked', () => {
  it('by breaker: closed, half-open, open, and those that failed more often behind', () => {
    const failures = [4, 0.8, 0.4, 0.2, 0];
    const nodes = failures.map((_, port) => node(port));
    expect(order({ nodes, health: failures.map((count) => ({ failures: count, latencyMs: null })) })).toEqual([3, 4, 2, 1, 0]);
  });

  it('by the time until the avatar is there: what the node takes, and what it takes to load the avatar', () => {
    const nodes = [node(0, 'other'), node(1), node(2), node(3, 'other')];
    const health = [KNOWN, { failures: 0, latencyMs: 1_600 }, KNOWN, { failures: 0, latencyMs: 1_600 }];
    expect(order({ nodes, health })).toEqual([2, 1, 0, 3]);
  });

  it('with those that have served somebody before those that nobody knows, but for one session in twenty', () => {
    const nodes = [node(0), node(1)];
    expect(order({ nodes, health: [UNKNOWN, KNOWN] })).toEqual([1, 0]);
    expect(order({ nodes, health: [UNKNOWN, KNOWN], random: () => 0.04 })).toEqual([0, 1]);
  });

  it('with a node that nobody knows before one that is known to be slow', () => {
    expect(order({ nodes: [node(0), node(1), node(2)], health: [{ failures: 0, latencyMs: 3_000 }, UNKNOWN, KNOWN] })).toEqual([2, 1, 0]);
  });

  it('by chance among equals', () => {
    const draws = [0.5, 0.9, 0.1, 0.5];
    const nodes = [node(0), node(1), node(2)];
    expect(order({ nodes, health: [KNOWN, { failures: 0.2, latencyMs: 349 }, KNOWN], random: () => draws.shift() ?? 1 })).toEqual([1, 2, 0]);
  });

  it('with the one that failed this session behind all others, even those that fail everybody', () => {
    const health = [KNOWN, { failures: 3, latencyMs: null }];
    expect(order({ nodes: [node(0), node(1)], health, previous: 'a.example:0', isPreviousToBlame: true })).toEqual([1, 0]);
  });

  it('with the one that a session had before those that would have to load its avatar, and behind those that hold it', () => {
    const nodes = [node(0, 'other'), node(1, 'other'), node(2)];
    expect(order({ nodes, health: [KNOWN, KNOWN, KNOWN], previous: 'a.example:1' })).toEqual([2, 1, 0]);
  });
});

describe('of a large fleet', () => {
  const fleet = Array.from({ length: 200 }, (_, port) => node(port, port < 5 ? 'ava' : 'other'));
  const sample = () => sampleNodes(fleet, { avatarId: 'ava', include: 'a.example:150', maxNodes: 20 }).map(({ port }) => port);

  it('some are looked at, among them the one that the session had, and those that hold the avatar', () => {
    expect(sample()).toHaveLength(20);
    expect(sample()).toEqual(expect.arrayContaining([0, 1, 2, 3, 4, 150]));
  });

  it('others are looked at the next time', () => {
    expect(new Set([...sample(), ...sample()]).size).toBeGreaterThan(20);
  });
});
