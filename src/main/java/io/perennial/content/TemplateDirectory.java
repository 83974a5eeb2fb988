package io.perennial.content;

import java.util.List;

/** What other features may ask of content. All of it within the current tenant. */
public interface TemplateDirectory {

    /** Every template, by name. */
    List<TemplateRef> list();

    /**
     * @throws java.util.NoSuchElementException if the current tenant has no such template
     */
    TemplateRef require(TemplateId id);

    /** What is wrong with it; empty when it can be sent. */
    List<TemplateProblem> check(TemplateId id);

    /**
     * Compiles it for sending.
     *
     * @throws IllegalStateException if it has a blocking problem
     */
    CompiledTemplate compile(TemplateId id);

    /**
     * What it says now, for keeping (a campaign keeps what it was scheduled with).
     *
     * @throws java.util.NoSuchElementException if the current tenant has no such template
     */
    TemplateSnapshot snapshot(TemplateId id);

    /**
     * Compiles what was kept.
     *
     * @throws IllegalStateException if it has a blocking problem
     */
    CompiledTemplate compile(TemplateSnapshot snapshot);

    /**
     * Saves a new template, or replaces the one of that name (used by ready-made content).
     *
     * @param mjml the body
     */
    TemplateRef save(String name, String subject, String preheader, String mjml);
}
