package dev.heddle.gateway.room;

import dev.heddle.gateway.protocol.FrameEncoder;
import java.util.concurrent.Executor;

/**
 * What a room needs from the world.
 *
 * @param reader  past state
 * @param log     where operations and presence go
 * @param time    the time
 * @param encoder makes frames
 * @param workers runs what is too heavy for a room's own thread
 * @param events  is told what happens
 */
public record RoomPorts(WorkspaceReader reader, OperationLog log, TimeSource time, FrameEncoder encoder,
                        Executor workers, RoomEvents events) {
}
