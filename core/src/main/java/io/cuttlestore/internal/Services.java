package io.cuttlestore.internal;

import io.cuttlestore.codec.CodecProvider;
import io.cuttlestore.spi.BackendProvider;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/** What is installed: providers seen by the thread's class loader and by this library's own. */
final class Services {
    private Services() {}

    static List<BackendProvider> backends() {
        return all(BackendProvider.class);
    }

    static List<CodecProvider> codecs() {
        return all(CodecProvider.class);
    }

    /** The first backend that is wanted; what is installed behind it is not even loaded. */
    static Optional<BackendProvider> backend(Predicate<BackendProvider> wanted) {
        return first(BackendProvider.class, wanted);
    }

    private static <S> List<S> all(Class<S> service) {
        Map<Class<?>, S> services = new LinkedHashMap<>();
        Optional<S> unused = first(service, each -> {
            services.putIfAbsent(each.getClass(), each);
            return false;
        });
        return new ArrayList<>(services.values());
    }

    private static <S> Optional<S> first(Class<S> service, Predicate<S> wanted) {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        ClassLoader ofLibrary = Services.class.getClassLoader();
        Optional<S> found = first(ServiceLoader.load(service, ofThread).iterator(), wanted);
        return found.isPresent() || ofThread == ofLibrary
                ? found
                : first(ServiceLoader.load(service, ofLibrary).iterator(), wanted);
    }

    private static <S> Optional<S> first(Iterator<S> iterator, Predicate<S> wanted) {
        while (true) {
            try {
                if (!iterator.hasNext()) {
                    return Optional.empty();
                }
                S service = iterator.next();
                if (wanted.test(service)) {
                    return Optional.of(service);
                }
            } catch (ServiceConfigurationError e) {
                System.getLogger("io.cuttlestore")
                        .log(Level.WARNING, "an installed provider can't be loaded and is left out", e);
            }
        }
    }
}
