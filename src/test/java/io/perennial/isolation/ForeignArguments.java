package io.perennial.isolation;

import io.perennial.campaigns.CampaignId;
import io.perennial.content.TemplateId;
import io.perennial.customers.CustomerSelection;
import io.perennial.customers.attributes.AttributeId;
import io.perennial.delivery.QuietHours;
import io.perennial.delivery.RunId;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.EmailAddress;
import io.perennial.kernel.TenantId;
import io.perennial.promotions.PromotionId;
import io.perennial.segments.Operator;
import io.perennial.segments.Rule;
import io.perennial.segments.SegmentId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;

/**
 * Arguments as an attacker in business A would choose them: wherever an id is asked for, one of business B; wherever text
 * is asked for, the first half of a name that only B has. What comes back through consumers and streams is kept.
 */
class ForeignArguments {

    /** Thrown for a type that nobody taught us to make. */
    static class Unknown extends RuntimeException {
        Unknown(Type type) {
            super("no value for " + type.getTypeName());
        }
    }

    private static final int DEEPEST = 6;

    private final Map<Class<?>, Long> ids;
    private final TenantId own;
    private final String word;
    private final List<Object> handedOut = new ArrayList<>();

    ForeignArguments(Map<String, Long> idsByTable, TenantId own, String word) {
        this.ids = Map.of(
                CustomerId.class, idsByTable.get("customer"),
                SegmentId.class, idsByTable.get("segment"),
                TemplateId.class, idsByTable.get("mail_template"),
                CampaignId.class, idsByTable.get("campaign"),
                PromotionId.class, idsByTable.get("promotion"),
                RunId.class, idsByTable.get("delivery_run"),
                AttributeId.class, idsByTable.get("customer_attribute"));
        this.own = own;
        this.word = word;
    }

    /** What was written to streams and handed to consumers since the last call. */
    List<Object> takeHandedOut() {
        List<Object> out = new ArrayList<>();
        for (Object each : handedOut) {
            out.add(each instanceof ByteArrayOutputStream bytes ? bytes.toByteArray() : each);
        }
        handedOut.clear();
        return out;
    }

    /**
     * A value for a parameter.
     *
     * @param number for each bare number asked for
     */
    @Nullable
    Object of(Type type, long number) {
        return make(type, number, 0);
    }

    private @Nullable Object make(Type type, long number, int depth) {
        if (depth > DEEPEST) {
            return null;
        }
        return switch (type) {
            case ParameterizedType generic -> container(generic, number, depth);
            case GenericArrayType array -> Array.newInstance(Object.class, 0);
            case WildcardType wildcard -> make(wildcard.getUpperBounds()[0], number, depth);
            case TypeVariable<?> variable -> make(variable.getBounds()[0], number, depth);
            case Class<?> plain -> plain(plain, number, depth);
            default -> throw new Unknown(type);
        };
    }

    private @Nullable Object container(ParameterizedType type, long number, int depth) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type first = type.getActualTypeArguments()[0];
        if (raw == List.class || raw == Collection.class || raw == Iterable.class) {
            return listOf(make(first, number, depth + 1));
        }
        if (raw == Set.class) {
            return Set.copyOf(listOf(make(first, number, depth + 1)));
        }
        if (raw == Map.class) {
            return Map.of();
        }
        if (raw == Optional.class) {
            return Optional.ofNullable(make(first, number, depth + 1));
        }
        if (raw == Consumer.class) {
            return (Consumer<Object>) handedOut::add;
        }
        return plain(raw, number, depth);
    }

    private static List<Object> listOf(@Nullable Object only) {
        return only == null ? List.of() : List.of(only);
    }

    private @Nullable Object plain(Class<?> type, long number, int depth) {
        Long id = ids.get(type);
        if (id != null) {
            return record(type, number, depth, id);
        }
        if (type == TenantId.class) {
            return own;
        }
        if (type == CustomerSelection.class) { // either a query or ids
            return CustomerSelection.of(List.of(ids.get(CustomerId.class)));
        }
        if (type == QuietHours.class) { // its end differs from its begin
            return new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), true);
        }
        if (type == Rule.class) {
            return new Rule.Condition(Rule.Field.FIRST_NAME, Operator.IS_NOT, List.of("nobody"));
        }
        Object simple = simple(type, number);
        if (simple != null) {
            return simple;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 0);
        }
        if (type.isRecord()) {
            return record(type, number, depth, null);
        }
        if (type.isSealed()) {
            return make(type.getPermittedSubclasses()[0], number, depth + 1);
        }
        if ((type.isInterface() && type.isAnnotationPresent(FunctionalInterface.class))
                || type == Runnable.class
                || isOneMethodInterface(type)) {
            return listener(type);
        }
        throw new Unknown(type);
    }

    private @Nullable Object simple(Class<?> type, long number) {
        if (type == String.class || type == CharSequence.class || type == Object.class) {
            return word;
        }
        if (type == long.class || type == Long.class) {
            return number;
        }
        if (type == int.class || type == Integer.class) {
            return 1;
        }
        if (type == double.class || type == Double.class) {
            return 0.5;
        }
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type == char.class) {
            return ',';
        }
        if (type == OutputStream.class) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            handedOut.add(out);
            return out;
        }
        if (type == InputStream.class) {
            return new ByteArrayInputStream("email\nx@y.example\n".getBytes(StandardCharsets.UTF_8));
        }
        return Map.<Class<?>, Object>ofEntries(
                        Map.entry(BigDecimal.class, BigDecimal.ONE),
                        Map.entry(LocalDate.class, LocalDate.now().plusDays(1)),
                        Map.entry(LocalDateTime.class, LocalDateTime.now().plusDays(1)),
                        Map.entry(LocalTime.class, LocalTime.NOON),
                        Map.entry(Instant.class, Instant.now()),
                        Map.entry(Charset.class, StandardCharsets.UTF_8),
                        Map.entry(Path.class, Path.of("there-is-no-such-file.csv")),
                        Map.entry(Duration.class, Duration.ofDays(1)),
                        Map.entry(ZoneId.class, ZoneId.of("Europe/Prague")),
                        Map.entry(Locale.class, Locale.ENGLISH),
                        Map.entry(Currency.class, Currency.getInstance("CZK")),
                        Map.entry(EmailAddress.class, new EmailAddress(word + "@customers.example")),
                        Map.entry(Pageable.class, PageRequest.ofSize(50)))
                .get(type);
    }

    private Object record(Class<?> type, long number, int depth, @Nullable Long id) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = id != null ? id : make(components[i].getGenericType(), number, depth + 1);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new Unknown(type); // it guards its values, and ours are none
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static boolean isOneMethodInterface(Class<?> type) {
        return type.isInterface()
                && Arrays.stream(type.getMethods())
                                .filter(method -> !method.isDefault())
                                .count()
                        == 1;
    }

    /** Keeps what it is told and answers with nothing. */
    private Object listener(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (args != null) {
                handedOut.addAll(Arrays.asList(args));
            }
            return method.getReturnType() == boolean.class ? Boolean.TRUE : null;
        });
    }
}
