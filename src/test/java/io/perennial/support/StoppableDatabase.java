package io.perennial.support;

import java.util.Map;

/** A database server of a test's own that can be killed, started again with its data, and frozen. Ends with the JVM. */
public interface StoppableDatabase {

    /** As {@code spring.datasource.*}. */
    Map<String, Object> properties();

    /** SIGKILL, and gone for certain before this returns. */
    void kill();

    /** On the same data and port; ready before this returns. */
    void startAgain();

    /** Connections stay open and nothing is answered any more. */
    void freeze();

    void thaw();
}
