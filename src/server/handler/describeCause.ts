import { AvatarError } from '../../errors/AvatarError.js';

const MAX_FRAMES = 3;
/** A file with line and column. An `@` only begins the name of a scope, so that no address with a password looks like one. */
const PLACE = String.raw`(?:file:\/\/|node:)?(?:\/?[A-Za-z]:)?(?:[\w.\/\\ -]|(?<=[\/\\])@)+:\d+:\d+`;
/** A place in code as V8 writes it: a function's name, if any, and where it is. */
const FRAME = new RegExp(String.raw`^ +at (?:async )?(?:[\w.$<>[\] ]+ \(${PLACE}\)|${PLACE})$`);
const CLASS_NAME = /^[A-Za-z_$][\w$]{0,63}$/;

/**
 * Where a foreign error came from, for the operator's log: its class and the first lines of its stack. Never its message, which could
 * quote a connection string or a header, nor its name, which whoever made it may have written.
 */
export function describeCause(error: unknown): string | undefined {
  const cause = AvatarError.isInstance(error) ? error.cause : error;
  if (!(cause instanceof Error)) return undefined;
  return [classOf(cause), ...framesOf(cause)].join(' ');
}

function classOf(error: Error): string {
  const { name } = error.constructor;
  return typeof name === 'string' && CLASS_NAME.test(name) ? name : 'Error';
}

/** Those after the message: a message of several lines may look like a stack itself. */
function framesOf({ stack, message }: Error): readonly string[] {
  if (typeof stack !== 'string' || typeof message !== 'string') return [];
  const at = stack.indexOf(message);
  // Where the message is not what it was when the stack was written, nobody can tell where it ends.
  if (at === -1 || (message === '' && !/^[\w$]+:? ?$/.test(stack.split('\n')[0] ?? ''))) return [];
  const lines = stack.slice(at + message.length).split('\n');
  return lines.filter((line) => FRAME.test(line)).slice(0, MAX_FRAMES).map((line) => line.trim());
}
