package io.perennial.content;

/** A template as it was at one moment, to be kept by whoever sends it: later edits of the template do not touch it. */
public record TemplateSnapshot(String subject, String preheader, String mjml) {}
