import { isMainThread } from 'node:worker_threads';

// Preloaded into each program of the playground: it ends, with all that it started, when the process that started it is gone.
// A worker preloads this as well, and ends with its process.
if (isMainThread && process.channel) {
  process.channel.unref();
  process.once('disconnect', () => {
    try {
      process.kill(-process.pid, 'SIGTERM');
    } catch {
      // Not the leader of a process group, or on Windows, which has none.
      process.kill(process.pid, 'SIGTERM');
    }
  });
}
