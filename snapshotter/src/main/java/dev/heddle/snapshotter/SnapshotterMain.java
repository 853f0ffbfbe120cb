package dev.heddle.snapshotter;

import dev.heddle.services.runtime.ServiceProcess;

/** The snapshotter as a process: see {@link ServiceProcess}. */
public final class SnapshotterMain {

    private SnapshotterMain() {
    }

    /**
     * Runs until it is told to stop.
     *
     * @param arguments {@code --config FILE}, {@code name=value} or {@code --name=value}; see the reference of settings
     */
    public static void main(String[] arguments) {
        new ServiceProcess("snapshotter", SnapshotterConfig.definition()).run(arguments, settings -> {
            SnapshotterService service = new SnapshotterService(settings);
            return new ServiceProcess.Service(service::start, service::failed, service::close);
        });
    }
}
