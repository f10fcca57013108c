package retail.inventory.checkpoint;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import retail.inventory.files.Disk;

/** The disk as one process sees it, with something that happens just before it lists the files for the first time. */
final class BeforeListing {

    private BeforeListing() {}

    /** What happens. */
    interface Change {
        void run() throws IOException;
    }

    static Disk of(Disk disk, Change change) {
        AtomicInteger listings = new AtomicInteger();
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("list") && listings.getAndIncrement() == 0) {
                        change.run();
                    }
                    try {
                        return method.invoke(disk, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
