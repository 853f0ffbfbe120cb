/**
 * Where records live: every topic with its partitions, settings and serdes, and the forms of names and keys.
 *
 * <p>{@link dev.heddle.schemas.topic.Topics} is the only place that knows a topic's name or settings; the page
 * {@code docs/reference/topics.md} is generated from it.
 */
package dev.heddle.schemas.topic;
