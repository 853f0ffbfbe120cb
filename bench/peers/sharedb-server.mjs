// ShareDB with its in-memory database: the reference for a server that keeps nothing.
import http from 'node:http';
import { createRequire } from 'node:module';
import WebSocketJSONStream from '@teamwork/websocket-json-stream';
import ShareDB from 'sharedb';
import { WebSocketServer } from 'ws';

const { type } = createRequire(import.meta.url)('ot-text-unicode');
ShareDB.types.register(type);
const share = new ShareDB();
const doc = share.connect().get('load', 'load');
doc.create('', type.uri, () => {
  const server = http.createServer();
  new WebSocketServer({ server }).on('connection', socket => share.listen(new WebSocketJSONStream(socket)));
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
});
process.on('disconnect', () => process.exit());
