package dev.heddle.gateway.ws;

import dev.heddle.gateway.room.RoomLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** A room's loop on a Vert.x event loop. */
public final class VertxLoop implements RoomLoop {

    private final Vertx vertx;
    private final Context context;

    /**
     * A loop.
     *
     * @param vertx   has the timers
     * @param context the event loop's context
     */
    public VertxLoop(Vertx vertx, Context context) {
        this.vertx = vertx;
        this.context = context;
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    @Override
    public void after(long delayMs, Runnable task) {
        vertx.setTimer(delayMs, timer -> execute(task));
    }
}
