import type { WebSocketServerLike } from '@hono/node-server';
import { WebSocketServer } from 'ws';

/** What `serve` needs for WebSockets. Its types and those of `ws` differ in what `undefined` means. */
export const webSockets = (): WebSocketServer & WebSocketServerLike =>
  new WebSocketServer({ noServer: true }) as WebSocketServer & WebSocketServerLike;
