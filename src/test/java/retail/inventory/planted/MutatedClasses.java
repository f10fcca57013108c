package retail.inventory.planted;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import retail.inventory.InventoryApplication;

/**
 * The service's classes with bugs planted in them, beside the right ones. An experiment on them is a class of the tests
 * that is named, not referred to, and comes as an interface of the JDK, for its own classes are others than those of the
 * same name around it:
 *
 * <pre>{@code
 * try (MutatedClasses wrong = MutatedClasses.with(new PlantedBug("stock/StockRules.java", "result < held", "false"))) {
 *     assertThat(wrong.apply(Overselling.class.getName(), 10)).isEqualTo("sold 11 of 10");
 * }
 * }</pre>
 *
 * What is thrown by an experiment is thrown on.
 */
public final class MutatedClasses implements AutoCloseable {

    private final Path compiled;
    private final MutatedLoader loader;

    private MutatedClasses(Path compiled, MutatedLoader loader) {
        this.compiled = compiled;
        this.loader = loader;
    }

    /** The service with these bugs together, or none; those of one file are planted one after the other. */
    public static MutatedClasses with(PlantedBug... bugs) {
        Map<Path, String> sources = new LinkedHashMap<>();
        for (PlantedBug bug : bugs) {
            String before = sources.computeIfAbsent(bug.source(), file -> bug.original());
            sources.put(bug.source(), bug.plantedIn(before));
        }
        try {
            Path directory = Files.createTempDirectory("planted");
            if (!sources.isEmpty()) {
                compile(sources, directory);
            }
            List<URL> places = List.of(url(directory), placeOf(InventoryApplication.class), placeOf(PlantedBug.class));
            return new MutatedClasses(directory, new MutatedLoader(places));
        } catch (IOException e) {
            throw new AssertionError("bugs cannot be planted", e);
        }
    }

    /** Runs an experiment on a value and gives its result; both are of the JDK's classes. */
    public <T> Object apply(String function, T value) {
        @SuppressWarnings("unchecked")
        Function<T, ?> experiment = make(Function.class, function);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return experiment.apply(value);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * An experiment, made by its constructor without arguments, which needs not be public.
     *
     * @param type an interface of the JDK
     */
    public <T> T make(Class<T> type, String className) {
        try {
            Constructor<?> constructor = loader.loadClass(className).getDeclaredConstructor();
            constructor.setAccessible(true);
            return type.cast(constructor.newInstance());
        } catch (InvocationTargetException e) {
            throw new AssertionError(className + " cannot be made", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(className + " is no experiment", e);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
        try (Stream<Path> files = Files.walk(compiled)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void compile(Map<Path, String> sources, Path directory) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new AssertionError("planting bugs needs a JDK, and this is a JRE");
        }
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((file, text) -> units.add(new SourceText(file.toUri(), text)));
        List<String> options = List.of(
                "-d",
                directory.toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                "-proc:none",
                "-parameters",
                "-g",
                "-nowarn");
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            if (!compiler.getTask(complaints, files, null, options, null, units).call()) {
                throw new AssertionError("planted bugs do not compile:\n" + complaints);
            }
        }
    }

    private static URL placeOf(Class<?> one) {
        return one.getProtectionDomain().getCodeSource().getLocation();
    }

    private static URL url(Path directory) throws IOException {
        return directory.toUri().toURL();
    }

    private static final class SourceText extends SimpleJavaFileObject {
        private final String text;

        private SourceText(URI uri, String text) {
            super(uri, Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
