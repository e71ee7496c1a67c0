import { AvatarError, type AvatarErrorReason } from '../../src/errors/AvatarError.js';
import type { Random } from './mutators/createRandom.js';

/** How much went in and came out, in bytes or characters. */
export interface FuzzSize {
  readonly input: number;
  readonly output: number;
}

/** Something that reads what comes from outside. */
export interface FuzzTarget {
  /**
   * How many mutations of a run it gets, beside the others: more where more comes from strangers and more can be wrong with it. One that
   * is dear gets less, but nobody more than an eighth of all, and nobody less than a two-hundredth, except where one takes milliseconds.
   */
  readonly share: number;
  /**
   * Makes one mutation and has it read.
   * @throws FuzzFinding when what it did is neither an answer nor a declared refusal
   */
  fuzz(random: Random): FuzzSize | Promise<FuzzSize>;
}

/** Something that should not be. */
export class FuzzFinding extends Error {
  override readonly name = 'FuzzFinding';
}

const MAX_MESSAGE_CHARS = 2_000;

/** Runs it, and lets nothing pass but the refusals that are declared. @returns null for a refusal */
export function orRefusal<Result>(reasons: readonly AvatarErrorReason[], input: unknown, run: () => Result): Result | null {
  try {
    return run();
  } catch (error) {
    checkRefusal(reasons, input, error);
    return null;
  }
}

/** As {@link orRefusal}, for what answers later. */
export async function orLaterRefusal<Result>(reasons: readonly AvatarErrorReason[], input: unknown, run: () => Promise<Result>): Promise<Result | null> {
  try {
    return await run();
  } catch (error) {
    checkRefusal(reasons, input, error);
    return null;
  }
}

function checkRefusal(reasons: readonly AvatarErrorReason[], input: unknown, error: unknown): void {
  if (!AvatarError.isInstance(error)) throw new FuzzFinding(`It threw ${error instanceof Error ? `${error.name}: ${error.message}` : typeof error} at ${show(input)}`, { cause: error });
  if (!reasons.includes(error.reason)) throw new FuzzFinding(`It refused with ${error.reason}, which is not declared, at ${show(input)}`, { cause: error });
  if (error.message === '' || error.message.length > MAX_MESSAGE_CHARS) throw new FuzzFinding(`The message of a refusal is ${error.message.length} characters long at ${show(input)}`);
}

/** @throws FuzzFinding when it does not hold */
export function expectThat(holds: boolean, words: string, input: unknown): void {
  if (!holds) throw new FuzzFinding(`${words} at ${show(input)}`);
}

/** An input in a line. */
function show(input: unknown): string {
  const text = input instanceof Uint8Array ? `${input.length} bytes ${Buffer.from(input.subarray(0, 200)).toString('hex')}` : typeof input === 'string' ? JSON.stringify(input) : (JSON.stringify(input) ?? String(input));
  return text.length > 600 ? `${text.slice(0, 600)}… (${text.length} characters)` : text;
}
