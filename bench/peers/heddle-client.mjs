// A Heddle client written from the protocol page alone: insert-only typing, one operation in flight, the rest queued.
// Tokens are ASCII, so positions in code points and in UTF-16 are the same here.
import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';

const PATH = 'load.txt';

// An insert moves right over an insert that is already in the text, and stays where it is for one that comes later.
const over = (insert, other, otherIsLeft) => (other.at < insert.at || (other.at === insert.at && otherIsLeft)
  ? { ...insert, at: insert.at + other.insert.length } : insert);

class HeddleClient {
  constructor(socket, url, onTokens) {
    Object.assign(this, { socket, url, onTokens, session: randomUUID(), seq: 0, version: 0, content: '', pending: [] });
    this.inFlight = false;
  }

  send(message) {
    this.socket.send(JSON.stringify(message));
  }

  insertSomewhere(token) {
    const at = Math.floor(Math.random() * (this.content.length + 1));
    this.content = this.content.slice(0, at) + token + this.content.slice(at);
    this.pending.push({ at, insert: token });
    this.flush();
  }

  flush() {
    if (this.inFlight || this.pending.length === 0) {
      return;
    }
    this.inFlight = true;
    this.seq += 1;
    const { at, insert } = this.pending[0];
    this.send({
      type: 'submit', seq: this.seq, base: this.version,
      op: { kind: 'edit', file: this.file, changes: [{ at, delete: 0, insert }] },
    });
  }

  onOp(op) {
    this.version = op.version;
    if (op.file !== this.file || op.op.kind !== 'edit') {
      return;
    }
    for (const change of op.op.changes) {
      this.onTokens(change.insert);
    }
    if (op.session === this.session) {
      this.pending.shift();
      this.inFlight = false;
      this.flush();
      return;
    }
    for (const change of op.op.changes) {
      let foreign = change;
      this.pending = this.pending.map(mine => {
        const moved = over(mine, foreign, false);
        foreign = over(foreign, mine, true);
        return moved;
      });
      this.content = this.content.slice(0, foreign.at) + foreign.insert + this.content.slice(foreign.at);
    }
  }

  text() {
    return this.content;
  }

  idle() {
    return this.pending.length === 0;
  }

  async reference() {
    return (await fetch(`${this.url}/files/${PATH}`)).text();
  }
}

async function once(socket, client, wanted) {
  return new Promise((resolve, reject) => {
    socket.on('message', function listen(data) {
      const message = JSON.parse(data);
      if (message.type === wanted) {
        socket.off('message', listen);
        resolve(message);
      } else if (message.type === 'error' || message.type === 'rejected') {
        reject(new Error(JSON.stringify(message)));
      }
    });
    socket.once('error', reject);
  });
}

let prepared;

async function prepare(port, workspace) {
  const base = `http://127.0.0.1:${port}/api/workspaces`;
  const post = await fetch(base, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: workspace }),
  });
  if (post.status !== 201) {
    throw new Error(`create workspace: ${post.status} ${await post.text()}`);
  }
  const put = await fetch(`${base}/${workspace}/files/${PATH}`, {
    method: 'PUT', headers: { 'content-type': 'text/plain' }, body: '',
  });
  if (!put.ok) {
    throw new Error(`create file: ${put.status} ${await put.text()}`);
  }
}

export async function connectHeddle({ port, workspace, onTokens }) {
  prepared ??= prepare(port, workspace);
  await prepared;
  const path = `127.0.0.1:${port}/api/workspaces/${workspace}`;
  const socket = new WebSocket(`ws://${path}/socket`, 'heddle.v1');
  const client = new HeddleClient(socket, `http://${path}`, onTokens);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const welcomed = once(socket, client, 'welcome');
  client.send({ type: 'hello', session: client.session, name: 'load' });
  client.version = (await welcomed).version;
  const opening = once(socket, client, 'opened');
  client.send({ type: 'open', path: PATH });
  const opened = await opening;
  Object.assign(client, { file: opened.file, content: opened.text, version: opened.version });
  socket.on('message', data => {
    const message = JSON.parse(data);
    if (message.type === 'op') {
      client.onOp(message);
    } else if (message.type === 'rejected' || message.type === 'error') {
      console.error(JSON.stringify(message));
    }
  });
  return client;
}
