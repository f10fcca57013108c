package retail.inventory.planted;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/** Loads the service and its tests anew, from the first place that has a class; everything else is shared. */
final class MutatedLoader extends URLClassLoader {

    private static final String OURS = "retail.inventory.";

    static {
        registerAsParallelCapable();
    }

    MutatedLoader(List<URL> places) {
        super("planted", places.toArray(URL[]::new), MutatedLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
