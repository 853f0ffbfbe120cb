package dev.heddle.gateway;

import dev.heddle.services.runtime.ServiceProcess;

/** The gateway as a process: see {@link ServiceProcess}. SIGTERM drains it. */
public final class GatewayMain {

    private GatewayMain() {
    }

    /**
     * Runs until it is told to stop.
     *
     * @param arguments {@code --config FILE}, {@code name=value} or {@code --name=value}; see the reference of settings
     */
    public static void main(String[] arguments) {
        new ServiceProcess("gateway", GatewayConfig.definition()).run(arguments, settings -> {
            GatewayService service = new GatewayService(settings);
            // What it cannot do without is told by its readiness; it goes on until it is stopped.
            return new ServiceProcess.Service(service::start, () -> false, service::close);
        });
    }
}
