// Edits, follows and rebuilds the files of a Heddle workspace straight from Kafka; see ../kafka-clients.md.
//   node heddle.mjs create WORKSPACE PATH TEXT | replace WORKSPACE PATH FIND WITH | insert WORKSPACE PATH AT TEXT
//                   show WORKSPACE PATH | follow WORKSPACE [LAST]
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import { Files } from './files.mjs';

const kafka = new Kafka({ brokers: (process.env.HEDDLE_KAFKA ?? 'localhost:9092').split(','), logLevel: logLevel.NOTHING });
const registry = new SchemaRegistry({ host: process.env.HEDDLE_REGISTRY ?? 'http://localhost:8081/apis/ccompat/v7' });

const [verb, workspace, ...words] = process.argv.slice(2);
const belongs = (message) => message.value !== null && message.key.toString().startsWith(`${workspace}/`);

/** Calls each(record, message, topic) until it answers true; then returns. Starts where `from` says, per topic. */
async function follow(topics, fromBeginning, each, started = async () => {}) {
  const consumer = kafka.consumer({ groupId: `heddle-example-${randomUUID()}`, maxWaitTimeInMs: 200 });
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning });
  try {
    await new Promise((done, failed) => {
      consumer.on(consumer.events.GROUP_JOIN, () => started().catch(failed));
      consumer.on(consumer.events.CRASH, ({ payload }) => failed(payload.error));
      consumer.run({
        autoCommit: false,
        eachMessage: async ({ topic, partition, message }) => {
          if (await each(topic, partition, message)) {
            done();
          }
        },
      }).catch(failed);
    });
  } finally {
    await consumer.disconnect();
  }
}

/** Reads one partition from its beginning to the end it has now. */
async function readToEnd(topic, partition, each) {
  const admin = kafka.admin();
  await admin.connect();
  const { low, high } = (await admin.fetchTopicOffsets(topic)).find((place) => place.partition === partition);
  await admin.disconnect();
  if (Number(low) === Number(high)) {
    return;
  }
  await follow([topic], true, async (_, from, message) => {
    if (from !== partition) {
      return false;
    }
    if (message.value !== null && Number(message.offset) < Number(high)) {
      await each(await registry.decode(message.value), message);
    }
    return Number(message.offset) >= Number(high) - 1;
  });
}

/** Where the workspace lives. A later record of a key counts: it may have moved. */
async function place() {
  let found;
  await readToEnd('heddle.workspaces', 0, (record, message) => {
    found = message.key.toString() === workspace ? record : found;
  });
  if (!found) {
    throw new Error(`no workspace ${workspace}`);
  }
  return found;
}

/** Sends an operation and waits for its answer: its place in the canonical log, or why it was refused. */
async function submit(op) {
  const { opsTopic, shard } = await place();
  const session = randomUUID(); // (session, seq) names the operation for ever, so sending it twice is safe
  let base = 0; // the newest version: what the operation was written against
  await readToEnd('heddle.canonical', shard, (record, message) => {
    base = belongs(message) ? Math.max(base, Number(record.version)) : base;
  });
  const schemaId = await registry.getLatestSchemaId('dev.heddle.ClientOp');
  const clientOp = { session, seq: 1, base, after: null, author: 'node', op };
  let answer;
  const send = async () => {
    const producer = kafka.producer();
    await producer.connect();
    // The key tells workspaces apart where several share a topic.
    const value = await registry.encode(schemaId, clientOp);
    await producer.send({ topic: opsTopic, acks: -1, messages: [{ key: workspace, value }] });
    await producer.disconnect();
  };
  // From the beginning, so that nothing depends on when the consumer is ready: the session is new, its answer one.
  await follow(['heddle.canonical', 'heddle.rejections'], true, async (topic, partition, message) => {
    if (partition !== shard || !belongs(message)) {
      return false;
    }
    const record = await registry.decode(message.value);
    answer = record.session === session ? record : undefined;
    return answer !== undefined;
  }, send);
  if (answer.code) {
    throw new Error(`${answer.code}: ${answer.message}`);
  }
  const { version, sourceOffset } = answer;
  console.log(JSON.stringify({ version: Number(version), offset: Number(sourceOffset), topic: opsTopic }));
}

/** All files as they are now: the newest snapshots, and the operations after them. */
async function show(path) {
  const { shard } = await place();
  const files = new Files();
  await readToEnd('heddle.snapshots', shard, (record, message) => belongs(message) && files.snapshot(record));
  await readToEnd('heddle.canonical', shard, (record, message) => belongs(message) && files.apply(record));
  process.stdout.write(files.text(path));
}

/** Prints the workspace's operations from the oldest that is kept, until a version. */
async function print(last) {
  const { shard } = await place();
  let seen = 0;
  await follow(['heddle.canonical'], true, async (topic, partition, message) => {
    if (partition === shard && belongs(message)) {
      const { version, author, path, op } = await registry.decode(message.value);
      if (Number(version) > seen) { // a repeat after a crash has the same bytes
        seen = Number(version);
        console.log(`${version} ${author} ${path} ${Object.keys(op)[0]}`);
      }
    }
    return seen >= last;
  });
}

const [first, second, third] = words;
try {
  switch (verb) {
    case 'create':
      await submit({ 'dev.heddle.Create': { path: first, text: second, file: null } });
      break;
    case 'replace':
      await submit({ 'dev.heddle.Replace': { file: null, path: first, find: second, with: third, occurrence: 'only' } });
      break;
    case 'insert':
      await submit({
        'dev.heddle.Edit': {
          file: null, path: first, anchor: null,
          changes: [{ at: Number(second), delete: 0, insert: third, deleted: null }],
        },
      });
      break;
    case 'show':
      await show(first);
      break;
    case 'follow':
      await print(Number(first ?? Infinity));
      break;
    default:
      throw new Error('create, replace, insert, show or follow, then a workspace: see the first lines of heddle.mjs');
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
