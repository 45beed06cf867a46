import { spawn } from 'node:child_process';

export interface Screen {
  /** The display's name, which programs are given: `:7`. */
  readonly display: string;
  readonly end: () => void;
}

/** A virtual screen (`apt-get install xvfb`) of this width and height in pixels. */
export async function screen(width: number, height: number): Promise<Screen> {
  // Xvfb takes the first free number itself and reports it.
  const size = `${width}x${height}x24`;
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => {
      reject(new Error(`Xvfb ended with ${String(code)}`));
    });
    server.stdio[3]!.once('data', (data: Buffer) => {
      resolve(data.toString().trim());
    });
  });
  return { display: `:${number}`, end: () => server.kill() };
}
