// One load for several systems: N clients type short tokens into one text at a steady rate, and every client must see
// every token. Latency is from the moment a client submits a token to the moment another client has received it.
//
//   node load.mjs heddle 8080 --clients 10 --rate 10 --seconds 8
//   node load.mjs sharedb-memory --clients 10 --rate 10 --seconds 8
//
// Prints one JSON object. Only loopback addresses are used.
import { randomUUID } from 'node:crypto';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { connectHeddle } from './heddle-client.mjs';
import { connectShareDb } from './sharedb-client.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    clients: { type: 'string', default: '10' },
    rate: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '8' },
    warmup: { type: 'string', default: '2' },
  },
});
const system = positionals[0];
const clients = Number(values.clients);
const rate = Number(values.rate);
const seconds = Number(values.seconds);
const warmupSeconds = Number(values.warmup);
const TOKEN = /(\d+)\.(\d+) /g;

const sentAtMs = new Map();
const latenciesMs = [];
let seen = 0;

function onTokens(receiver, text) {
  for (const [, author, number] of text.matchAll(TOKEN)) {
    const key = `${author}.${number}`;
    seen += 1;
    const sent = sentAtMs.get(key);
    if (Number(author) !== receiver && sent !== undefined && sent.counted) {
      latenciesMs.push(performance.now() - sent.at);
    }
  }
}

async function connectAll() {
  if (system === 'heddle') {
    const port = Number(positionals[1] ?? 8080);
    const workspace = `load-${randomUUID().slice(0, 8)}`;
    return Promise.all(Array.from({ length: clients }, (_, i) =>
      connectHeddle({ port, workspace, first: i === 0, onTokens: text => onTokens(i, text) })));
  }
  if (system === 'sharedb-memory') {
    const server = fork(fileURLToPath(new URL('./sharedb-server.mjs', import.meta.url)));
    const port = await new Promise(resolve => server.once('message', resolve));
    process.on('exit', () => server.kill('SIGKILL'));
    return Promise.all(Array.from({ length: clients }, (_, i) =>
      connectShareDb({ port, onTokens: text => onTokens(i, text) })));
  }
  throw new Error(`system: ${system} (expected: heddle PORT, or sharedb-memory)`);
}

const percentile = (sorted, p) => sorted.length === 0 ? null
  : Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))].toFixed(2));

const delay = ms => new Promise(resolve => setTimeout(resolve, ms));

async function type(client, index, counted, count, offset) {
  const everyMs = 1000 / rate;
  await delay((index / clients) * everyMs);
  const start = performance.now();
  for (let n = 0; n < count; n++) {
    const key = `${index}.${offset + n}`;
    sentAtMs.set(key, { at: performance.now(), counted });
    client.insertSomewhere(`${key} `);
    const due = start + (n + 1) * everyMs;
    await delay(Math.max(0, due - performance.now()));
  }
}

async function until(condition, timeoutMs) {
  const deadline = performance.now() + timeoutMs;
  while (!condition() && performance.now() < deadline) {
    await delay(20);
  }
  return condition();
}

const all = await connectAll();
const warm = Math.round(rate * warmupSeconds);
await Promise.all(all.map((client, i) => type(client, i, false, warm, 0)));
const each = Math.round(rate * seconds);
await Promise.all(all.map((client, i) => type(client, i, true, each, warm)));
const expected = clients * (warm + each) * clients;
await until(() => seen >= expected && all.every(client => client.idle()), 15_000);
const texts = new Set(all.map(client => client.text()));
const reference = all[0].reference ? await all[0].reference() : [...texts][0];
latenciesMs.sort((a, b) => a - b);
console.log(JSON.stringify({
  system, clients, rate, seconds,
  sent: clients * (warm + each), seen, expected,
  converged: texts.size === 1 && texts.has(reference),
  p50Ms: percentile(latenciesMs, 0.5), p99Ms: percentile(latenciesMs, 0.99), maxMs: percentile(latenciesMs, 1),
}));
process.exit(texts.size === 1 && seen === expected ? 0 : 1);
