package io.perennial.api.web;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads and writes the API's records: a name that does not exist is refused, since whoever wrote it meant something, and so is a
 * value of another kind, since what would be made of it is a guess: of {@code true} a text, of 0 the first of the words there are,
 * of an empty text no time at all, at which a campaign goes out at once.
 */
class StrictJson extends JacksonJsonHttpMessageConverter {

    StrictJson(JsonMapper usual) {
        super(strict(usual));
    }

    static JsonMapper strict(JsonMapper usual) {
        return usual.rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .withCoercionConfigDefaults(StrictJson::allowNothing)
                .withCoercionConfig(
                        LogicalType.Float,
                        decimal -> decimal.setCoercion(CoercionInputShape.Integer, CoercionAction.TryConvert))
                .addModule(times())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
    }

    private static SimpleModule times() {
        return new SimpleModule()
                .addDeserializer(LocalDate.class, new TimeText<>(LocalDate.class, LocalDate::parse))
                .addDeserializer(LocalDateTime.class, new TimeText<>(LocalDateTime.class, LocalDateTime::parse))
                .addDeserializer(OffsetDateTime.class, new TimeText<>(OffsetDateTime.class, OffsetDateTime::parse));
    }

    private static void allowNothing(MutableCoercionConfig coercions) {
        for (CoercionInputShape shape : CoercionInputShape.values()) {
            coercions.setCoercion(shape, CoercionAction.Fail);
        }
    }

    @Override
    public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
        return isOurs(type.toClass()) && super.canRead(type, mediaType);
    }

    @Override
    public boolean canWrite(ResolvableType type, Class<?> valueClass, @Nullable MediaType mediaType) {
        return isOurs(valueClass) && super.canWrite(type, valueClass, mediaType);
    }

    static boolean isOurs(Class<?> type) {
        return type.getPackageName().equals(StrictJson.class.getPackageName());
    }

    @Configuration(proxyBeanMethods = false)
    static class Setup implements WebMvcConfigurer {

        private final JsonMapper json;

        Setup(JsonMapper json) {
            this.json = json;
        }

        @Override
        public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
            builder.addCustomConverter(new StrictJson(json));
        }
    }
}
