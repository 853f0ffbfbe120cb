// Edits a file of a Heddle workspace from Node, straight through Kafka.
//   node edit.mjs WORKSPACE PATH FIND WITH
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';

const [workspace, path, find, replacement] = process.argv.slice(2);
const gateway = process.env.HEDDLE_GATEWAY ?? 'http://localhost:8080';
const brokers = [process.env.HEDDLE_KAFKA ?? 'localhost:9092'];
const host = process.env.HEDDLE_REGISTRY ?? 'http://localhost:8081/apis/ccompat/v7';

// Where the workspace lives, and the newest version: what this edit is written against.
const { version, topics } = await (await fetch(`${gateway}/api/workspaces/${workspace}`)).json();

const registry = new SchemaRegistry({ host });
const schemaId = await registry.getLatestSchemaId('dev.heddle.ClientOp');
const value = await registry.encode(schemaId, {
  session: randomUUID(), // who writes; (session, seq) names this operation for ever, so sending it twice is safe
  seq: 1,
  base: version,
  after: null,
  author: 'node',
  op: { 'dev.heddle.Replace': { file: null, path, find, with: replacement, occurrence: 'only' } },
});

const producer = new Kafka({ brokers, logLevel: logLevel.NOTHING }).producer();
await producer.connect();
const [{ baseOffset }] = await producer.send({ topic: topics.ops, acks: -1, messages: [{ key: workspace, value }] });
await producer.disconnect();
console.log(`appended to ${topics.ops} at offset ${baseOffset}, written against version ${version}`);
