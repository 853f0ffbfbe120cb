/**
 * The only users of Kafka in the gateway: the producer of operations and presence, the readers of the canonical feed,
 * of rejections, presence and the list of workspaces. They implement the ports of {@code .room}.
 */
package dev.heddle.gateway.log;
