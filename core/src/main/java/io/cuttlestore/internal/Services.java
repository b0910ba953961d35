package io.cuttlestore.internal;

import io.cuttlestore.codec.CodecProvider;
import io.cuttlestore.spi.BackendProvider;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** What is installed: providers seen by the thread's class loader and by this library's own. */
final class Services {
    private Services() {}

    static List<BackendProvider> backends() {
        return distinct(BackendProvider.class);
    }

    static List<CodecProvider> codecs() {
        return distinct(CodecProvider.class);
    }

    private static <S> List<S> distinct(Class<S> service) {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        ClassLoader ofLibrary = Services.class.getClassLoader();
        Map<Class<?>, S> services = new LinkedHashMap<>();
        load(ServiceLoader.load(service, ofThread).iterator(), services);
        if (ofThread != ofLibrary) {
            load(ServiceLoader.load(service, ofLibrary).iterator(), services);
        }
        return new ArrayList<>(services.values());
    }

    private static <S> void load(Iterator<S> iterator, Map<Class<?>, S> services) {
        while (true) {
            try {
                if (!iterator.hasNext()) {
                    return;
                }
                S service = iterator.next();
                services.putIfAbsent(service.getClass(), service);
            } catch (ServiceConfigurationError e) {
                System.getLogger("io.cuttlestore")
                        .log(Level.WARNING, "an installed provider can't be loaded and is left out", e);
            }
        }
    }
}
