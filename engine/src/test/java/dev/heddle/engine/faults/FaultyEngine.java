package dev.heddle.engine.faults;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The engine with a fault in it, beside the right one in the same JVM: the altered files are compiled into a folder of
 * their own, and a class loader that looks there first loads engine and tests a second time. Its tests run as ever.
 */
final class FaultyEngine implements AutoCloseable {

    private static final Path ENGINE = Path.of(System.getProperty("heddle.root", ".."), "engine");
    private static final Path SOURCES = ENGINE.resolve(Path.of("src", "main", "java", "dev", "heddle", "engine"));
    private static final List<String> PACKAGES = List.of("text", "workspace");

    private final Path folder;
    private final OwnLoader loader;

    /** Loads what it can by itself and asks its parent for the rest only: JUnit, AssertJ and the JDK. */
    private static final class OwnLoader extends URLClassLoader {
        OwnLoader(URL[] places, ClassLoader parent) {
            super(places, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null) {
                    loaded = name.startsWith("dev.heddle.engine.") ? findClass(name) : super.loadClass(name, resolve);
                }
                return loaded;
            }
        }
    }

    /** Compiles and loads; a fault without spots gives the engine as it is. */
    FaultyEngine(Fault fault) throws IOException {
        Path target = ENGINE.resolve("target");
        folder = Files.createTempDirectory(target, "fault");
        for (String file : fault.spots().stream().map(Fault.Spot::file).distinct().toList()) {
            compile(plant(fault, file), target.resolve("classes"));
        }
        URL[] places = {url(folder), url(target.resolve("classes")), url(target.resolve("test-classes"))};
        loader = new OwnLoader(places, FaultyEngine.class.getClassLoader());
    }

    private static URL url(Path place) throws IOException {
        return place.toUri().toURL();
    }

    private Path plant(Fault fault, String file) throws IOException {
        Path altered = folder.resolve(Path.of(file).getFileName());
        Files.writeString(altered, fault.plant(file, Files.readString(SOURCES.resolve(file))));
        return altered;
    }

    private void compile(Path source, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int failed = compiler.run(null, null, null, "-proc:none", "-nowarn", "-d", folder.toString(), "-classpath",
            folder + File.pathSeparator + classes, source.toString());
        if (failed != 0) {
            throw new IllegalStateException("the planted fault does not compile: " + source);
        }
    }

    /** {@return what came of a test, given as {@code Class.method}} */
    TestExecutionSummary run(String test) throws ClassNotFoundException {
        String[] parts = test.split("\\.");
        Class<?> type = find(parts[0]);
        Method method = Arrays.stream(type.getDeclaredMethods()).filter(each -> each.getName().equals(parts[1]))
            .findFirst().orElseThrow(() -> new IllegalStateException("no test " + test));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
            .selectors(selectMethod(type, method)).build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        for (String part : PACKAGES) {
            String whole = "dev.heddle.engine." + part + "." + name;
            if (loader.findResource(whole.replace('.', '/') + ".class") != null) {
                return loader.loadClass(whole);
            }
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    public void close() throws IOException {
        loader.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
