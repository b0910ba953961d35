package io.cuttlestore.internal;

import io.cuttlestore.codec.CodecProvider;
import io.cuttlestore.spi.BackendProvider;
import java.lang.System.Logger;
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
    private static final Logger LOG = System.getLogger("io.cuttlestore");

    private Services() {}

    static List<BackendProvider> backends() {
        return distinct(
                ServiceLoader.load(BackendProvider.class),
                ServiceLoader.load(BackendProvider.class, BackendProvider.class.getClassLoader()));
    }

    static List<CodecProvider> codecs() {
        return distinct(
                ServiceLoader.load(CodecProvider.class),
                ServiceLoader.load(CodecProvider.class, CodecProvider.class.getClassLoader()));
    }

    private static <S> List<S> distinct(ServiceLoader<S> ofThread, ServiceLoader<S> ofLibrary) {
        Map<Class<?>, S> services = new LinkedHashMap<>();
        for (ServiceLoader<S> loader : List.of(ofThread, ofLibrary)) {
            load(loader.iterator(), services);
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
                LOG.log(Level.WARNING, "an installed provider can't be loaded and is left out", e);
            }
        }
    }
}
