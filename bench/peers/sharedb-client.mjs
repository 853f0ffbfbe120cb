import { createRequire } from 'node:module';
import WebSocket from 'ws';

export async function connectShareDb({ port, onTokens }) {
  const require = createRequire(import.meta.url);
  const ShareDB = require('sharedb/lib/client');
  const { type } = require('ot-text-unicode');
  ShareDB.types.register(type);
  const connection = new ShareDB.Connection(new WebSocket(`ws://127.0.0.1:${port}`));
  const doc = connection.get('load', 'load');
  await new Promise((resolve, reject) => doc.subscribe(error => (error ? reject(error) : resolve())));
  const tokensOf = op => op.filter(part => typeof part === 'string').join('');
  doc.on('op', (op, source) => {
    if (!source) {
      onTokens(tokensOf(op));
    }
  });
  return {
    insertSomewhere(token) {
      const at = Math.floor(Math.random() * (doc.data.length + 1));
      // The author has seen its token once the server has acknowledged it.
      doc.submitOp(at === 0 ? [token] : [at, token], error => (error ? console.error(error) : onTokens(token)));
    },
    text: () => doc.data,
    idle: () => !doc.hasWritePending(),
  };
}
