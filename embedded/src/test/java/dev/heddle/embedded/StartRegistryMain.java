package dev.heddle.embedded;

import java.nio.file.Path;

/** A program that starts a registry, prints the child's process id and waits to be killed. */
final class StartRegistryMain {

    private StartRegistryMain() {
    }

    public static void main(String[] args) throws InterruptedException {
        EmbeddedRegistry registry = EmbeddedRegistry.builder(Path.of(args[0])).start();
        System.out.println(registry.processId());
        Thread.currentThread().join();
    }
}
