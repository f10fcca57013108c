package retail.inventory.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** An agent in the service's process: when a file says so it takes all memory, or throws something in a thread of its own. */
public final class Saboteur {

    private static final long LOOK_EVERY_NANOS = 10_000_000;
    private static final List<Object> KEPT = new ArrayList<>();

    private Saboteur() {}

    /** Called by the JVM before main; the argument is the file that will say what to do. */
    public static void premain(String file, Instrumentation instrumentation) {
        Thread.ofPlatform().daemon().name("saboteur").start(() -> await(Path.of(file)));
    }

    /** A jar to start a service with, by {@code -javaagent:}. */
    static Path jar(Path directory) throws IOException {
        Path jar = directory.resolve("saboteur.jar");
        String name = Saboteur.class.getName();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file, manifest);
                var code = Saboteur.class.getResourceAsStream("Saboteur.class")) {
            if (code == null) {
                throw new IOException("no code of " + name);
            }
            entries.putNextEntry(new JarEntry(name.replace('.', '/') + ".class"));
            code.transferTo(entries);
        }
        return jar;
    }

    private static void await(Path file) {
        while (!Files.exists(file)) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        String[] what;
        try {
            what = Files.readString(file).split(" ", 2);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        switch (what[0]) {
            case "heap" -> takeAll();
            case "memory" -> throw new OutOfMemoryError(what[1]);
            default -> throw new AssertionError(what[1]);
        }
    }

    /** Takes what it can get and keeps it, so that it is others who get no more. */
    private static void takeAll() {
        for (int bytes = 1 << 20; bytes >= 256; bytes /= 2) {
            try {
                while (true) {
                    KEPT.add(new byte[bytes]);
                }
            } catch (OutOfMemoryError full) {
                // smaller pieces, then
            }
        }
        LockSupport.park();
    }
}
