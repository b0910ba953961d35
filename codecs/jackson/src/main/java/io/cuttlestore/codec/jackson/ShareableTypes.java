package io.cuttlestore.codec.jackson;

import java.io.Serializable;
import java.lang.annotation.Annotation;
import java.lang.constant.Constable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.RecordComponent;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JavaType;

/**
 * The types that lose nothing as JSON and are immutable all through: strings, primitives and their boxes, enums,
 * {@code java.time}, and records made only of such, without annotations that change how they are mapped.
 *
 * <p>A record is taken to keep the promise of {@link Record}: what its accessors return makes an equal record.
 */
final class ShareableTypes {
    private static final Set<Class<?>> SCALARS = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Character.class,
            DayOfWeek.class,
            Duration.class,
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            LocalTime.class,
            Month.class,
            MonthDay.class,
            OffsetDateTime.class,
            OffsetTime.class,
            Period.class,
            Year.class,
            YearMonth.class,
            ZoneId.class,
            ZoneOffset.class,
            ZonedDateTime.class);

    /** What the JDK lets records and enums be without Jackson mapping them by another rule. */
    private static final Set<Class<?>> NEUTRAL_SUPERTYPES =
            Set.of(Object.class, Record.class, Enum.class, Comparable.class, Constable.class, Serializable.class);

    /** The records around the type that is looked at: one that contains itself may nest deeper than JSON may. */
    private final Set<Class<?>> enclosing = new HashSet<>();

    private ShareableTypes() {}

    static boolean contain(JavaType type) {
        return new ShareableTypes().isShareable(type);
    }

    private boolean isShareable(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw.isPrimitive() || SCALARS.contains(raw)) {
            return true;
        }
        if (raw.isEnum()) {
            return !isMappingCustom(raw);
        }
        return raw.isRecord() && isOpenToJackson(raw) && !isMappingCustom(raw) && areComponentsShareable(type);
    }

    private boolean areComponentsShareable(JavaType record) {
        if (!enclosing.add(record.getRawClass())) {
            return false;
        }
        boolean shareable = Arrays.stream(record.getRawClass().getRecordComponents())
                .map(RecordComponent::getGenericType)
                .map(type -> Mappers.JSON.getTypeFactory().resolveMemberType(type, record.getBindings()))
                .allMatch(this::isShareable);
        enclosing.remove(record.getRawClass());
        return shareable;
    }

    /** Whether Jackson may look into the class; if not, JSON refuses what memory would take. */
    private static boolean isOpenToJackson(Class<?> type) {
        return type.getModule().isOpen(type.getPackageName(), JavaType.class.getModule());
    }

    /** Whether anything but names and types of components decides the mapping: an annotation or a supertype. */
    private static boolean isMappingCustom(Class<?> type) {
        if (NEUTRAL_SUPERTYPES.contains(type)) {
            return false;
        }
        return isKnownToJackson(type)
                || elements(type).anyMatch(ShareableTypes::isAnnotatedForMapping)
                || Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                        .anyMatch(ShareableTypes::isMappingCustom);
    }

    private static Stream<AnnotatedElement> elements(Class<?> type) {
        Stream<Executable> executables =
                Stream.concat(Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()));
        Stream<AnnotatedElement> executablesAndParameters =
                executables.flatMap(each -> Stream.concat(Stream.of(each), Arrays.stream(each.getParameters())));
        return Stream.of(Stream.of(type), Arrays.stream(type.getDeclaredFields()), executablesAndParameters)
                .flatMap(each -> each);
    }

    private static boolean isAnnotatedForMapping(AnnotatedElement element) {
        return annotationTypes(element)
                .anyMatch(annotation -> isKnownToJackson(annotation)
                        || annotationTypes(annotation).anyMatch(ShareableTypes::isJacksons));
    }

    private static Stream<Class<?>> annotationTypes(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations()).map(Annotation::annotationType);
    }

    /** Whether Jackson may have rules of its own for the type: its own ones and those of the JDK. */
    private static boolean isKnownToJackson(Class<?> type) {
        return isJacksons(type) || type.getName().startsWith("java");
    }

    private static boolean isJacksons(Class<?> type) {
        return type.getName().startsWith("com.fasterxml.jackson.")
                || type.getName().startsWith("tools.jackson.");
    }
}
