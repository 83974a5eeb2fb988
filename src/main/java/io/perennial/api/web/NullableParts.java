package io.perennial.api.web;

import io.perennial.webhooks.EventData;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells the description which parts of the API's records may be null, which it would not see: JSpecify says it. */
@Component
class NullableParts implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        Class<?> raw = raw(type.getType());
        if (resolved == null || raw == null || !raw.isRecord() || !isDescribed(raw)) {
            return resolved;
        }
        Schema<?> whole = resolved;
        if (resolved.get$ref() != null) {
            whole = context.getDefinedModels()
                    .get(resolved.get$ref().substring(resolved.get$ref().lastIndexOf('/') + 1));
        }
        if (whole != null && whole.getProperties() != null) {
            mark(raw, whole);
        }
        return resolved;
    }

    @SuppressWarnings("rawtypes")
    private static void mark(Class<?> record, Schema<?> whole) {
        Map<String, Schema> properties = whole.getProperties();
        for (RecordComponent component : record.getRecordComponents()) {
            Schema property = properties.get(component.getName());
            if (property == null) {
                continue;
            }
            if (component.getType() == Map.class) {
                property.setAdditionalProperties(true);
            }
            if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                properties.put(component.getName(), orNull(property));
            }
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static Schema orNull(Schema property) {
        if (property.get$ref() != null) {
            Schema nothing = new Schema<>();
            nothing.setTypes(Set.of("null"));
            Schema either = new Schema<>();
            either.setAnyOf(List.of(property, nothing));
            return either;
        }
        Set<String> types = new LinkedHashSet<>();
        if (property.getTypes() != null) {
            types.addAll(property.getTypes());
        } else if (property.getType() != null) {
            types.add(property.getType());
        }
        if (!types.isEmpty()) {
            types.add("null");
            property.setTypes(types);
        }
        if (property.getEnum() != null && !property.getEnum().contains(null)) {
            List<Object> values = new java.util.ArrayList<>(property.getEnum());
            values.add(null);
            property.setEnum(values);
        }
        return property;
    }

    /** Of requests and answers, or of events. */
    private static boolean isDescribed(Class<?> type) {
        return StrictJson.isOurs(type) || type.getPackageName().equals(EventData.class.getPackageName());
    }

    private static @Nullable Class<?> raw(@Nullable Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> (Class<?>) generic.getRawType();
            case com.fasterxml.jackson.databind.JavaType java -> java.getRawClass();
            case null, default -> null;
        };
    }
}
