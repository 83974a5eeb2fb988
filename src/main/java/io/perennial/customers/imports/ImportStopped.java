package io.perennial.customers.imports;

/** The import was paused, cancelled or taken away from this node; its last chunk was not written. */
public class ImportStopped extends RuntimeException {}
