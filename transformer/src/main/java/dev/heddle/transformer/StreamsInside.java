package dev.heddle.transformer;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.streams.processor.internals.StreamThread;
import org.apache.kafka.streams.processor.internals.Task;
import org.apache.kafka.streams.processor.internals.TaskManager;

/**
 * Reaches into Kafka Streams 4.3 where there is no public way. Whoever asks goes on without where another version of
 * Kafka looks different inside.
 */
final class StreamsInside {

    private StreamsInside() {
    }

    /**
     * {@return what manages the tasks of a thread}
     *
     * @param thread the thread
     */
    static TaskManager taskManager(StreamThread thread) throws ReflectiveOperationException {
        return (TaskManager) value(StreamThread.class, "taskManager", thread);
    }

    /**
     * {@return all tasks; those that are being restored or kept up to date are wrapped and cannot be changed}
     *
     * @param manager manages them
     */
    static Collection<Task> tasks(TaskManager manager) throws ReflectiveOperationException {
        Method allTasks = TaskManager.class.getDeclaredMethod("allTasks");
        allTasks.setAccessible(true);
        return ((Map<?, ?>) allTasks.invoke(manager)).values().stream().map(Task.class::cast).toList();
    }

    /**
     * {@return the value of a field}
     *
     * @param type  the class that declares it
     * @param name  its name
     * @param owner whose value
     */
    static Object value(Class<?> type, String name, Object owner) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }
}
