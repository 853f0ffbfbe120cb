package dev.heddle.transformer;

import dev.heddle.services.runtime.ServiceProcess;

/** The transformer as a process: see {@link ServiceProcess}. */
public final class TransformerMain {

    private TransformerMain() {
    }

    /**
     * Runs until it is told to stop.
     *
     * @param arguments {@code --config FILE}, {@code name=value} or {@code --name=value}; see the reference of settings
     */
    public static void main(String[] arguments) {
        new ServiceProcess("transformer", TransformerConfig.definition()).run(arguments, settings -> {
            TransformerService service = new TransformerService(settings);
            return new ServiceProcess.Service(service::start, service::failed, service::close);
        });
    }
}
