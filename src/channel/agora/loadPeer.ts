import { AvatarError } from '../../errors/AvatarError.js';

/**
 * Loads an optional package through the application's own `import()`: a bundler would look for one of ours even where it is not installed.
 * @throws AvatarError `peer-missing`
 */
export async function loadPeer<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw new AvatarError('peer-missing', {
      message: `The package ${name} could not be loaded. Install it with: npm install ${name}. If it is installed, check the network and the Content-Security-Policy.`,
      cause,
      context: { peer: name },
    });
  }
}
