package io.perennial.isolation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Everything that a result says, as text: through records, collections, pages and optionals. */
final class Leaks {

    private static final int DEEPEST = 8;

    private Leaks() {}

    static String textOf(@Nullable Object result) {
        StringBuilder text = new StringBuilder();
        write(result, text, 0);
        return text.toString();
    }

    private static void write(@Nullable Object value, StringBuilder text, int depth) {
        if (value == null || depth > DEEPEST) {
            return;
        }
        switch (value) {
            case CharSequence words -> text.append(words).append('\n');
            case byte[] bytes ->
                text.append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
            case Optional<?> optional -> optional.ifPresent(each -> write(each, text, depth + 1));
            case Map<?, ?> map ->
                map.forEach((key, each) -> {
                    write(key, text, depth + 1);
                    write(each, text, depth + 1);
                });
            case BaseStream<?, ?> stream -> stream.iterator().forEachRemaining(each -> write(each, text, depth + 1));
            case Iterable<?> several -> several.forEach(each -> write(each, text, depth + 1));
            case Object[] several -> {
                for (Object each : several) {
                    write(each, text, depth + 1);
                }
            }
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    write(read(component, record), text, depth + 1);
                }
            }
            default -> text.append(value).append('\n');
        }
    }

    private static @Nullable Object read(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        } catch (InvocationTargetException e) {
            return null; // a component that cannot be read says nothing
        }
    }
}
