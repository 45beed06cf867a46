import { createServer, type Socket } from 'node:net';

/** One text that a screen reader asked to be spoken. */
export interface Utterance {
  readonly text: string;
  /** The reader stopped it, so a slow listener has not heard its end. */
  cut: boolean;
}

/**
 * Takes the place of speech-dispatcher and speaks nothing: it records what it is told to say (SSIP, its protocol). It
 * counts as the slowest of speakers: a text is being spoken until `heardOut()`, so whatever stops it before then has
 * cut it.
 */
export class SpeechServer {
  readonly said: Utterance[] = [];
  readonly #server = createServer((client) => {
    this.#serve(client);
  });
  readonly #clients = new Set<Socket>();
  #heard = 0;
  #messages = 0;

  static async listening(path: string): Promise<SpeechServer> {
    const speech = new SpeechServer();
    await new Promise<void>((resolve, reject) => {
      speech.#server.once('error', reject).listen(path, resolve);
    });
    return speech;
  }

  /** Everything said so far counts as spoken to its end. */
  heardOut(): void {
    this.#heard = this.said.length;
  }

  close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    return new Promise((closed) => this.#server.close(() => closed()));
  }

  #serve(client: Socket): void {
    this.#clients.add(client);
    client.once('close', () => this.#clients.delete(client));
    client.on('error', () => client.destroy());
    let unread = '';
    let text: string[] | undefined;
    client.setEncoding('utf8').on('data', (data: string) => {
      const lines = (unread + data).split('\r\n');
      unread = lines.pop()!;
      for (const line of lines)
        if (text === undefined) {
          const [command = ''] = line.split(' ', 1);
          if (command.toUpperCase() === 'SPEAK') text = [];
          client.write(this.#answer(line));
        } else if (line === '.') {
          this.#say(plain(text.join(' ')));
          text = undefined;
          client.write(this.#queued());
        } else text.push(line.replace(/^\.\./, '.'));
    });
  }

  #say(text: string): void {
    if (text !== '') this.said.push({ text, cut: false });
  }

  /** A message begins and ends at once, because a client may wait for that before it goes on. */
  #queued(): string {
    const message = ++this.#messages;
    const event = (code: number, name: string): string => `${code}-${message}\r\n${code}-1\r\n${code} ${name}\r\n`;
    return `225-${message}\r\n225 OK MESSAGE QUEUED\r\n${event(701, 'BEGIN')}${event(702, 'END')}`;
  }

  #answer(line: string): string {
    const [command = '', ...rest] = line.split(' ');
    switch (command.toUpperCase()) {
      case 'SPEAK':
        return '230 OK RECEIVING DATA\r\n';
      case 'CHAR':
      case 'KEY':
        this.#say(rest.join(' '));
        return this.#queued();
      case 'CANCEL':
      case 'STOP':
        for (const utterance of this.said.slice(this.#heard)) utterance.cut = true;
        this.heardOut();
        return '210 OK STOPPED\r\n';
      case 'HISTORY':
        return '245-1\r\n245 OK CLIENT ID SENT\r\n';
      case 'LIST':
        return rest[0] === 'OUTPUT_MODULES'
          ? '250-recorder\r\n250 OK MODULE LIST SENT\r\n'
          : '249-recorder\ten\tnone\r\n249 OK VOICE LIST SENT\r\n';
      case 'GET':
        return '251-0\r\n251 OK GET RETURNED\r\n';
      case 'QUIT':
        return '231 HAPPY HACKING\r\n';
      default:
        return '200 OK\r\n';
    }
  }
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
};

/** SSML without its marks, with white space folded. */
const plain = (ssml: string): string =>
  ssml
    .replace(/<[^>]*>/g, '')
    .replace(/&\w+;/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
