package io.perennial.content;

import java.util.Map;

/** A template made ready once and rendered many times, by several threads at once. */
public interface CompiledTemplate {

    /**
     * Renders for one person.
     *
     * <p>The model's variables are those of {@link Personalisation}; a missing one renders as empty text unless the
     * template gives a default.
     *
     * @throws RenderFailed if this person's data makes it fail (a limit of size or time, an error of the template)
     */
    RenderedMail render(Map<String, Object> model);

    /** Rendering failed for one person; the message says why in words staff understand. */
    class RenderFailed extends RuntimeException {
        public RenderFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
