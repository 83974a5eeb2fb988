package io.perennial.content;

import java.util.Map;
import java.util.Set;

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
    PiecedMail compose(Map<String, Object> model);

    /** As {@link #compose(Map)}, as whole texts. */
    default RenderedMail render(Map<String, Object> model) {
        return compose(model).whole();
    }

    /** The variables it reads, as written: {@code customer.first_name}. */
    Set<String> variables();

    /** Those of {@link #variables()} that it shows without a default or a condition that cares for their absence. */
    Set<String> needed();

    /** Rendering failed for one person; the message says why in words staff understand. */
    class RenderFailed extends RuntimeException {
        public RenderFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
