/**
 * Orders the records of one shard: reads them, has the engine decide them once, stores the decisions and answers.
 *
 * <p>{@link dev.heddle.transformer.processor.ShardSequencer} is the core and knows no Kafka Streams;
 * {@link dev.heddle.transformer.processor.OrderProcessor} connects it.
 */
package dev.heddle.transformer.processor;
