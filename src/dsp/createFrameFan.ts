import { createFrameOutlet, type FrameOutlet } from './createFrameOutlet.js';
import type { MicFrame } from './micFrame.js';

/** Sends each frame to every port that was opened. */
export interface FrameFan {
  send(frame: MicFrame): void;
  /**
   * Sends frames to this port from now on. Its reader posts each buffer back when it has read it.
   * @param onMessage gets what comes back and is no buffer
   */
  open(port: MessagePort, onMessage: (message: unknown) => void): void;
  /** Sends no more of them to it. */
  close(port: MessagePort): void;
}

/** Makes a fan without ports. It allocates nothing per frame while its readers keep up. */
export function createFrameFan(): FrameFan {
  let outlets: readonly { readonly port: MessagePort; readonly outlet: FrameOutlet }[] = [];

  return {
    send(frame) {
      for (let i = 0; i < outlets.length; i++) outlets[i]?.outlet.send(frame);
    },
    open(port, onMessage) {
      const transfer: ArrayBuffer[] = [];
      const outlet = createFrameOutlet({
        post: (buffer) => {
          transfer[0] = buffer;
          port.postMessage(buffer, transfer);
        },
      });
      outlets = [...outlets, { port, outlet }];
      port.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (data instanceof ArrayBuffer) outlet.give(data);
        else onMessage(data);
      };
    },
    close(port) {
      outlets = outlets.filter((other) => other.port !== port);
      port.close();
    },
  };
}
