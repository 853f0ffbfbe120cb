package dev.heddle.gateway.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** The page's own modules in a JavaScript engine of the JVM, as the build bundled them for the tests. One thread. */
final class PageScript implements AutoCloseable {

    private static final Path BUNDLE = Path.of("target", "web", "tests", "driver.js");

    private final Context context;
    private final Value driver;

    PageScript() {
        context = Context.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();
        try {
            context.eval(Source.newBuilder("js", BUNDLE.toFile()).build());
        } catch (IOException e) {
            throw new UncheckedIOException(BUNDLE + " is missing; the build makes it before the tests", e);
        }
        driver = context.eval("js", "driver");
    }

    Value call(String function, Object... arguments) {
        return driver.invokeMember(function, arguments);
    }

    String text(String function, Object... arguments) {
        Value value = call(function, arguments);
        return value.isNull() ? null : value.asString();
    }

    int number(String function, Object... arguments) {
        return call(function, arguments).asInt();
    }

    @Override
    public void close() {
        context.close();
    }
}
