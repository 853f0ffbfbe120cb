// Prints every canonical operation of a workspace, from the first kept one on, straight from Kafka. Ctrl-C ends it.
//   node follow.mjs WORKSPACE
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';

const [workspace] = process.argv.slice(2);
const brokers = [process.env.HEDDLE_KAFKA ?? 'localhost:9092'];
const registry = new SchemaRegistry({ host: process.env.HEDDLE_REGISTRY ?? 'http://localhost:8081/apis/ccompat/v7' });
const consumer = new Kafka({ brokers, logLevel: logLevel.NOTHING }).consumer({ groupId: `follow-${randomUUID()}` });

let seen = 0;
await consumer.connect();
await consumer.subscribe({ topic: 'heddle.canonical', fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    if (message.value === null || !message.key.toString().startsWith(`${workspace}/`)) {
      return; // another workspace of the shard, or the tombstone of an old operation
    }
    const { version, author, path, op } = await registry.decode(message.value);
    if (Number(version) > seen) { // a repeat after a crash is byte-identical: skip what was seen
      seen = Number(version);
      const [[kind, body]] = Object.entries(op);
      console.log(`${version} ${author} ${path ?? ''} ${kind.replace('dev.heddle.', '')} ${JSON.stringify(body)}`);
    }
  },
});
