package io.perennial.content;

/** Another template of the business has that name. */
public class TemplateNameTaken extends RuntimeException {

    TemplateNameTaken(String name) {
        super("There is a template named " + name);
    }
}
