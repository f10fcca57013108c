package retail.inventory.boot;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * A signal of the operating system that asks a process to end. The JDK has only {@code sun.misc.Signal} for it, which is
 * used by reflection: the compiler's warning about that class cannot be suppressed.
 */
enum ProcessSignal {
    /** From {@code kill} and from whatever supervises processes. */
    TERM(15),
    /** From ctrl-C. */
    INT(2),
    /** From a terminal that is closed; who started this process by {@code nohup} has it ignored, and so it stays. */
    HUP(1);

    private static final int EXIT_BY_SIGNAL = 128;

    private final int number;

    ProcessSignal(int number) {
        this.number = number;
    }

    /** The exit code that says that a process was ended by this signal, by the convention of shells. */
    int exitCode() {
        return EXIT_BY_SIGNAL + number;
    }

    /**
     * Has an action run, on a thread of its own, each time this process receives the signal.
     *
     * @return false when the JVM keeps the signal to itself, as with {@code -Xrs}
     */
    boolean handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        action.run(); // SignalHandler has one method
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name()), ours);
            return true;
        } catch (InvocationTargetException kept) {
            return false;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the module jdk.unsupported has it", e);
        }
    }
}
